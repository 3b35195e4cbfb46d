package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.types.OpCode;

/** Types and effects of the numeric instructions. */
public final class Numerics {
  private static final String[] TYPES = new String[0xFC08];

  static {
    put(0x45, 0x45, "II");
    put(0x46, 0x4F, "III");
    put(0x50, 0x50, "JI");
    put(0x51, 0x5A, "JJI");
    put(0x5B, 0x60, "FFI");
    put(0x61, 0x66, "DDI");
    put(0x67, 0x69, "II");
    put(0x6A, 0x78, "III");
    put(0x79, 0x7B, "JJ");
    put(0x7C, 0x8A, "JJJ");
    put(0x8B, 0x91, "FF");
    put(0x92, 0x98, "FFF");
    put(0x99, 0x9F, "DD");
    put(0xA0, 0xA6, "DDD");
    put(0xA7, 0xA7, "JI");
    put(0xA8, 0xA9, "FI");
    put(0xAA, 0xAB, "DI");
    put(0xAC, 0xAD, "IJ");
    put(0xAE, 0xAF, "FJ");
    put(0xB0, 0xB1, "DJ");
    put(0xB2, 0xB3, "IF");
    put(0xB4, 0xB5, "JF");
    put(0xB6, 0xB6, "DF");
    put(0xB7, 0xB8, "ID");
    put(0xB9, 0xBA, "JD");
    put(0xBB, 0xBB, "FD");
    put(0xBC, 0xBC, "FI");
    put(0xBD, 0xBD, "DJ");
    put(0xBE, 0xBE, "IF");
    put(0xBF, 0xBF, "JD");
    put(0xC0, 0xC1, "II");
    put(0xC2, 0xC4, "JJ");
    put(0xFC00, 0xFC01, "FI");
    put(0xFC02, 0xFC03, "DI");
    put(0xFC04, 0xFC05, "FJ");
    put(0xFC06, 0xFC07, "DJ");
  }

  private Numerics() {}

  private static void put(int first, int last, String types) {
    for (int op = first; op <= last; op++) {
      TYPES[op] = types;
    }
  }

  /** Operand types, then the result type; null if it is no numeric instruction. */
  public static String types(OpCode op) {
    return op.opcode() < TYPES.length ? TYPES[op.opcode()] : null;
  }

  static boolean traps(OpCode op) {
    int code = op.opcode();
    return code >= 0x6D && code <= 0x70
        || code >= 0x7F && code <= 0x82
        || code >= 0xA8 && code <= 0xAB
        || code >= 0xAE && code <= 0xB1;
  }

  /** Whether the result is 0 or 1. */
  public static boolean isCondition(OpCode op) {
    return op.opcode() >= 0x45 && op.opcode() <= 0x66;
  }

  static int size(OpCode op) {
    return isCondition(op) ? 14 : 9;
  }

  /** Bytes that a load or store accesses. */
  public static int width(OpCode op) {
    switch (op) {
      case I32_LOAD8_S:
      case I32_LOAD8_U:
      case I64_LOAD8_S:
      case I64_LOAD8_U:
      case I32_STORE8:
      case I64_STORE8:
        return 1;
      case I32_LOAD16_S:
      case I32_LOAD16_U:
      case I64_LOAD16_S:
      case I64_LOAD16_U:
      case I32_STORE16:
      case I64_STORE16:
        return 2;
      case I32_LOAD:
      case F32_LOAD:
      case I64_LOAD32_S:
      case I64_LOAD32_U:
      case I32_STORE:
      case F32_STORE:
      case I64_STORE32:
        return 4;
      default:
        return 8;
    }
  }

  /** Whether it reads a number from memory, and that is all. */
  public static boolean isLoad(OpCode op) {
    return isBetween(OpCode.I32_LOAD, op, OpCode.I64_LOAD32_U);
  }

  /** Whether it writes a number to memory, and that is all. */
  public static boolean isStore(OpCode op) {
    return isBetween(OpCode.I32_STORE, op, OpCode.I64_STORE32);
  }

  private static boolean isBetween(OpCode first, OpCode op, OpCode last) {
    return op.opcode() >= first.opcode() && op.opcode() <= last.opcode();
  }

  /** Whether a load of an i32 reads fewer bits than that. */
  public static boolean isNarrow(OpCode load) {
    return loadType(load) == 'I' && width(load) < 4;
  }

  /** Whether a load gives what another access to the same address has loaded or stored. */
  public static boolean reads(OpCode load, OpCode access) {
    switch (access) {
      case I32_STORE:
        return load == OpCode.I32_LOAD;
      case I64_STORE:
        return load == OpCode.I64_LOAD;
      case F32_STORE:
        return load == OpCode.F32_LOAD;
      case F64_STORE:
        return load == OpCode.F64_LOAD;
      case I32_STORE8:
        return load == OpCode.I32_LOAD8_S || load == OpCode.I32_LOAD8_U;
      case I32_STORE16:
        return load == OpCode.I32_LOAD16_S || load == OpCode.I32_LOAD16_U;
      default:
        return load == access;
    }
  }

  /** Type of the value a store takes. */
  public static char storeType(OpCode op) {
    switch (op) {
      case I32_STORE:
      case I32_STORE8:
      case I32_STORE16:
        return 'I';
      case F32_STORE:
        return 'F';
      case F64_STORE:
        return 'D';
      default:
        return 'J';
    }
  }

  /** Type of the value a load gives. */
  public static char loadType(OpCode op) {
    switch (op) {
      case I32_LOAD:
      case I32_LOAD8_S:
      case I32_LOAD8_U:
      case I32_LOAD16_S:
      case I32_LOAD16_U:
        return 'I';
      case F32_LOAD:
        return 'F';
      case F64_LOAD:
        return 'D';
      default:
        return 'J';
    }
  }
}
