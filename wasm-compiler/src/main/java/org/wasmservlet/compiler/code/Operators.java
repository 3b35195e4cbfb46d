package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;

/** What opcodes are called, and which are two numbers (core specification, 5.4). */
final class Operators {
  private static final int FIRST_PREFIX = 0xFB;
  private static final int LAST_PREFIX = 0xFE;

  /** What vector instructions begin with. */
  static final int VECTOR = 0xFD;

  private static final OpCode[] BY_CODE = new OpCode[0x10000];

  static {
    for (OpCode op : OpCode.values()) {
      BY_CODE[op.opcode()] = op;
    }
  }

  private Operators() {}

  static boolean isPrefix(int first) {
    return first >= FIRST_PREFIX && first <= LAST_PREFIX;
  }

  static boolean isVector(OpCode op) {
    return op.opcode() >>> 8 == VECTOR;
  }

  /** The operator of one number; null if there is none. */
  static OpCode of(int code) {
    return BY_CODE[code];
  }

  /** The operator of two numbers; null if there is none. */
  static OpCode of(int prefix, long second) {
    return second > 0xFF ? null : BY_CODE[prefix << 8 | (int) second];
  }
}
