package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.types.OpCode;

/** Names of what is not compiled. */
public final class Features {
  public static final String EXCEPTIONS = "references to exceptions outside of locals";
  public static final String TYPED_REFERENCES = "typed references or garbage collection";
  public static final String GARBAGE_COLLECTION = "garbage collection";
  public static final String THREADS = "shared memory";
  public static final String MEMORIES = "multiple memories";

  private Features() {}

  /** Whether an instruction is compiled. */
  public static boolean has(OpCode op) {
    int code = op.opcode();
    return code < 0xD3 && code != 0x14 && code != 0x15 || code >= 0xFC00;
  }

  public static String nameOf(OpCode op) {
    int code = op.opcode();
    switch (op) {
      case CALL_REF:
      case RETURN_CALL_REF:
      case REF_AS_NON_NULL:
      case BR_ON_NULL:
      case BR_ON_NON_NULL:
        return "typed function references";
      default:
        return code >= 0xFB00 || op == OpCode.REF_EQ ? GARBAGE_COLLECTION : "instruction " + op;
    }
  }
}
