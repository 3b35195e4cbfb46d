package org.wasmservlet.freeze;

import java.io.OutputStream;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.wasmservlet.core.FreezeAt;

/**
 * Which scripts an interpreter is started with, besides without any, to be frozen while it answers.
 * Immutable.
 *
 * @param places where it is frozen, by the script that it was started with
 * @param startOf the script that it was started with, by the one that a request is for; null if
 *     there is none
 * @param protocol what reads that it sends meanwhile: gives what is for the client to its first
 *     argument, and diagnostics to the second
 */
public record ScriptPlan(
    Map<String, FreezeAt> places,
    UnaryOperator<String> startOf,
    BinaryOperator<OutputStream> protocol) {
  /** None. */
  public static final ScriptPlan NONE =
      new ScriptPlan(Map.of(), script -> null, (answer, log) -> answer);

  /** Makes a plan that nobody changes. */
  public ScriptPlan {
    places = Map.copyOf(places);
  }
}
