package org.wasmservlet.compiler.binary;

import java.io.ByteArrayOutputStream;

/** Numbers as modules have them (LEB128; WebAssembly core specification, section 5.2.2). */
public final class Unsigned {
  private Unsigned() {}

  /**
   * Writes a number.
   *
   * @param value all 32 bits of which count
   */
  public static void write(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
