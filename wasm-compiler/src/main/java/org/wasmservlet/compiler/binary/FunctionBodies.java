package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.MalformedException;
import java.io.ByteArrayOutputStream;

/**
 * Leaves the bodies of functions out of a binary: Chicory's parser takes seconds and hundreds of
 * megabytes for all code of a large program, and next to nothing for the rest.
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
   * @param binary of a module; one that ends in its header has none
   * @return the same with functions that only trap
   * @throws com.dylibso.chicory.wasm.ChicoryException if it ends where something is to follow
   */
  public static byte[] none(byte[] binary) {
    if (binary.length < HEADER_BYTES) {
      return binary;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(binary, 0, HEADER_BYTES);
    Cursor in = new Cursor(binary, HEADER_BYTES, binary.length);
    while (!in.isAtEnd()) {
      int id = in.next();
      Cursor content = in.part();
      byte[] bytes = id == CODE ? bodies(content) : content.rest();
      out.write(id);
      Unsigned.write(out, bytes.length);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] bodies(Cursor in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = in.count("function bodies");
    Unsigned.write(out, count);
    for (int function = 0; function < count; function++) {
      in.skipBytes();
      out.writeBytes(TRAP);
    }
    if (!in.isAtEnd()) {
      throw new MalformedException("section size mismatch at offset " + in.position());
    }
    return out.toByteArray();
  }
}
