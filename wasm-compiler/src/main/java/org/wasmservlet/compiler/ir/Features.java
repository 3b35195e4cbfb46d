package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;

/** Names of what is not compiled. */
public final class Features {
  private Features() {}

  /** Throws if a body has instructions that are not compiled. */
  public static void check(FunctionBody body) {
    for (AnnotatedInstruction ins : body.instructions()) {
      int code = ins.opcode().opcode();
      boolean compiled =
          code < 0xD3
                  && code != 0x08
                  && code != 0x0A
                  && code != 0x14
                  && code != 0x15
                  && code != 0x1F
              || code >= 0xFC00 && code < 0xFD00;
      if (!compiled) {
        throw new NotCompiledException(nameOf(ins.opcode()));
      }
    }
  }

  public static String nameOf(OpCode op) {
    int code = op.opcode();
    if (code >= 0xFE00) {
      return "threads";
    }
    if (code >= 0xFD00) {
      return "SIMD";
    }
    switch (op) {
      case THROW:
      case THROW_REF:
      case TRY_TABLE:
        return "exception handling";
      case CALL_REF:
      case RETURN_CALL_REF:
      case REF_AS_NON_NULL:
      case BR_ON_NULL:
      case BR_ON_NON_NULL:
        return "typed function references";
      default:
        return code >= 0xFB00 || op == OpCode.REF_EQ ? "garbage collection" : "instruction " + op;
    }
  }
}
