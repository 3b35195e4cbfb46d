package org.wasmservlet.compiler.fuzz;

import static org.wasmservlet.compiler.fuzz.Types.F32;
import static org.wasmservlet.compiler.fuzz.Types.F64;
import static org.wasmservlet.compiler.fuzz.Types.I32;
import static org.wasmservlet.compiler.fuzz.Types.I64;
import static org.wasmservlet.compiler.fuzz.Types.V128;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What the values of a random module are. */
enum Palette {
  /** Numbers, and references. */
  NUMBERS(Types.NUMBERS, Types.ALL, RandomModule.GLOBALS),
  /** Vectors too. */
  VECTORS(
      List.of(I32, I64, F32, F64, V128, V128),
      changed(
          Map.of(
              1, new Types.Signature(List.of(I32, V128, F32, F64), List.of(I32)),
              3, new Types.Signature(List.of(V128, V128), List.of(V128)),
              5, new Types.Signature(List.of(V128), List.of(I32, V128)),
              // More than the 255 slots that the JVM allows.
              8, new Types.Signature(Collections.nCopies(65, V128), List.of(I64)))),
      vectorGlobals());

  /** Of locals, all but references. */
  final List<Integer> types;

  final List<Types.Signature> signatures;

  /** By global: its type. */
  final List<Integer> globals;

  Palette(List<Integer> types, List<Types.Signature> signatures, List<Integer> globals) {
    this.types = types;
    this.signatures = signatures;
    this.globals = globals;
  }

  /** By turns. */
  static Palette of(long seed) {
    return seed % 2 == 0 ? NUMBERS : VECTORS;
  }

  private static List<Types.Signature> changed(Map<Integer, Types.Signature> changes) {
    List<Types.Signature> signatures = new ArrayList<>(Types.ALL);
    changes.forEach(signatures::set);
    return signatures;
  }

  /** One more that changes, and one that does not. */
  private static List<Integer> vectorGlobals() {
    List<Integer> globals = new ArrayList<>(RandomModule.GLOBALS);
    globals.add(V128);
    globals.add(V128);
    return globals;
  }
}
