package org.wasmservlet.compiler.binary;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;

/**
 * Leaves bodies of functions out of a binary: a parser takes seconds for all code of a large
 * program, and next to nothing for a few functions of it.
 */
public final class FunctionBodies {
  private static final int HEADER_BYTES = 8;
  private static final int CODE = 10;

  /** Of four bytes: no locals, and the instructions {@code unreachable} and {@code end}. */
  private static final byte[] TRAP = {3, 0, 0, 0x0B};

  private FunctionBodies() {}

  /**
   * Copies a binary.
   *
   * @param binary valid
   * @param kept the functions whose bodies stay, imported ones not counted; all others only trap
   * @return as valid, but for references that it declares by its code alone
   */
  public static byte[] only(byte[] binary, BitSet kept) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(binary, 0, HEADER_BYTES);
    Cursor in = new Cursor(binary, HEADER_BYTES, binary.length);
    while (!in.isAtEnd()) {
      int id = in.next();
      Cursor content = in.part();
      byte[] bytes = id == CODE ? bodies(content, kept) : content.rest();
      out.write(id);
      Unsigned.write(out, bytes.length);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] bodies(Cursor in, BitSet kept) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = (int) in.unsigned();
    Unsigned.write(out, count);
    for (int function = 0; function < count; function++) {
      Cursor body = in.part();
      if (kept.get(function)) {
        byte[] bytes = body.rest();
        Unsigned.write(out, bytes.length);
        out.writeBytes(bytes);
      } else {
        out.writeBytes(TRAP);
      }
    }
    return out.toByteArray();
  }

  /** Writes an unsigned LEB128 number. */
}
