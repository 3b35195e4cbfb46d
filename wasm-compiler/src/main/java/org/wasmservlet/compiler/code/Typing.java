package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.ir.Numerics;
import org.wasmservlet.compiler.ir.ValueTypes;

/**
 * What an instruction takes and gives wherever it stands: numeric ones, loads, stores and constants
 * of numbers. Most of a body is these, so they are looked up.
 */
final class Typing {
  private static final Typing[] BY_OPCODE = new Typing[OpCode.values().length];

  static {
    for (OpCode op : OpCode.values()) {
      String numeric = Numerics.types(op);
      if (numeric != null) {
        put(op, numeric, 0);
      } else if (Numerics.isLoad(op)) {
        put(op, "I" + Numerics.loadType(op), Numerics.width(op));
      } else if (Numerics.isStore(op)) {
        put(op, "I" + Numerics.storeType(op) + "V", Numerics.width(op));
      }
    }
    put(OpCode.I32_CONST, "I", 0);
    put(OpCode.I64_CONST, "J", 0);
    put(OpCode.F32_CONST, "F", 0);
    put(OpCode.F64_CONST, "D", 0);
  }

  final byte[] params;
  final byte[] results;

  /** Bytes of memory that it accesses, or 0. */
  final int width;

  private Typing(byte[] params, byte[] results, int width) {
    this.params = params;
    this.results = results;
    this.width = width;
  }

  /** Of an instruction by the JVM's types: operands', then the result's, or V. */
  private static void put(OpCode op, String types, int width) {
    int count = types.length() - 1;
    boolean gives = types.charAt(count) != 'V';
    BY_OPCODE[op.ordinal()] =
        new Typing(
            bytes(types.substring(0, count)),
            gives ? bytes(types.substring(count)) : new byte[0],
            width);
  }

  private static byte[] bytes(String types) {
    byte[] bytes = new byte[types.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ValueTypes.ofJvm(types.charAt(i));
    }
    return bytes;
  }

  /** Null for an instruction whose types depend on where it stands. */
  static Typing of(OpCode op) {
    return BY_OPCODE[op.ordinal()];
  }
}
