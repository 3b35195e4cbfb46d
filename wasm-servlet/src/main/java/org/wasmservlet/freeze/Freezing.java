package org.wasmservlet.freeze;

import java.io.OutputStream;
import java.util.function.Supplier;
import org.wasmservlet.admission.Admission;
import org.wasmservlet.core.FrozenPrograms;
import org.wasmservlet.core.MemoryShare;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.preopen.GivenDirectories;

/**
 * What freezing a route's programs takes. Immutable.
 *
 * @param owner the route
 * @param plan where they are frozen
 * @param scripts where else
 * @param admission to the route's guests: one that is being frozen is one of them
 * @param kept where programs are that were frozen earlier, and this one is kept
 * @param memory that the route's programs can count on
 * @param directories that they have
 * @param diagnostics gives what their standard error goes to; closed after each freezing
 */
public record Freezing(
    RouteOwner owner,
    FreezePlan plan,
    ScriptPlan scripts,
    Admission admission,
    FrozenPrograms kept,
    MemoryShare memory,
    GivenDirectories directories,
    Supplier<OutputStream> diagnostics) {

  /**
   * Prepares to freeze a program.
   *
   * @param config what is run
   * @return which is not frozen yet; to be closed
   */
  public LiveFrozen of(WasmConfig config) {
    return new LiveFrozen(this, plan, owner.toString(), config, System::nanoTime);
  }

  /**
   * Prepares to freeze what a program is with its scripts loaded.
   *
   * @param config what is run
   * @return which are not frozen yet; to be closed
   */
  public FrozenScripts scriptsOf(WasmConfig config) {
    return new FrozenScripts(this, config);
  }

  /** The state of one script: requests that do without it are served as all others are. */
  LiveFrozen of(String start, WasmConfig config) {
    FreezePlan own = new FreezePlan(scripts.places().get(start), false, plan.keeps());
    return new LiveFrozen(this, own, owner + " with " + start, config, System::nanoTime);
  }
}
