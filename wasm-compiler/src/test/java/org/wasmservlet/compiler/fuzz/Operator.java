package org.wasmservlet.compiler.fuzz;

import static org.wasmservlet.compiler.fuzz.Types.F32;
import static org.wasmservlet.compiler.fuzz.Types.F64;
import static org.wasmservlet.compiler.fuzz.Types.I32;
import static org.wasmservlet.compiler.fuzz.Types.I64;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A numeric instruction. */
record Operator(int[] code, int result, int... operands) {
  private static final Map<Integer, List<Operator>> BY_RESULT = new HashMap<>();

  static {
    unary(I32, I32, 0x45, 0x45, 0x67, 0x69, 0xC0, 0xC1);
    binary(I32, I32, 0x46, 0x4F);
    binary(I32, I32, 0x6A, 0x78);
    unary(I32, I64, 0x50, 0x50, 0xA7, 0xA7);
    binary(I32, I64, 0x51, 0x5A);
    binary(I32, F32, 0x5B, 0x60);
    binary(I32, F64, 0x61, 0x66);
    unary(I32, F32, 0xA8, 0xA9, 0xBC, 0xBC);
    unary(I32, F64, 0xAA, 0xAB);
    unary(I64, I64, 0x79, 0x7B, 0xC2, 0xC4);
    binary(I64, I64, 0x7C, 0x8A);
    unary(I64, I32, 0xAC, 0xAD);
    unary(I64, F32, 0xAE, 0xAF);
    unary(I64, F64, 0xB0, 0xB1, 0xBD, 0xBD);
    unary(F32, F32, 0x8B, 0x91);
    binary(F32, F32, 0x92, 0x98);
    unary(F32, I32, 0xB2, 0xB3, 0xBE, 0xBE);
    unary(F32, I64, 0xB4, 0xB5);
    unary(F32, F64, 0xB6, 0xB6);
    unary(F64, F64, 0x99, 0x9F);
    binary(F64, F64, 0xA0, 0xA6);
    unary(F64, I32, 0xB7, 0xB8);
    unary(F64, I64, 0xB9, 0xBA, 0xBF, 0xBF);
    unary(F64, F32, 0xBB, 0xBB);
    for (int saturating = 0; saturating < 8; saturating++) {
      int result = saturating < 4 ? I32 : I64;
      int operand = (saturating & 2) == 0 ? F32 : F64;
      add(new Operator(new int[] {0xFC, saturating}, result, operand));
    }
  }

  static Operator random(int result, Random random) {
    List<Operator> all = BY_RESULT.get(result);
    return all.get(random.nextInt(all.size()));
  }

  /** Whether it divides integers. */
  boolean divides() {
    return code[0] >= 0x6D && code[0] <= 0x70 || code[0] >= 0x7F && code[0] <= 0x82;
  }

  /** Whether it turns a float into an integer and traps for what is out of range. */
  boolean truncates() {
    return code[0] >= 0xA8 && code[0] <= 0xAB || code[0] >= 0xAE && code[0] <= 0xB1;
  }

  /** Whether its result may be a NaN whose bits are not the same everywhere. */
  boolean makesNaN() {
    if (code[0] == 0xB6 || code[0] == 0xBB) {
      return true;
    }
    // Not abs, neg and copysign, which keep all bits but the sign.
    return code[0] >= 0x8D && code[0] <= 0x97 || code[0] >= 0x9B && code[0] <= 0xA5;
  }

  private static void unary(int result, int operand, int... ranges) {
    for (int i = 0; i < ranges.length; i += 2) {
      for (int code = ranges[i]; code <= ranges[i + 1]; code++) {
        add(new Operator(new int[] {code}, result, operand));
      }
    }
  }

  private static void binary(int result, int operand, int from, int to) {
    for (int code = from; code <= to; code++) {
      add(new Operator(new int[] {code}, result, operand, operand));
    }
  }

  private static void add(Operator operator) {
    BY_RESULT.computeIfAbsent(operator.result, key -> new ArrayList<>()).add(operator);
  }
}
