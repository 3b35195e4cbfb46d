package org.wasmservlet.compiler.binary;

/** Where the bodies of functions are in a binary (core specification, 5.5.13). */
public final class CodeSection {
  private static final int HEADER_BYTES = 8;
  private static final int CODE = 10;

  private CodeSection() {}

  /**
   * Finds the bodies.
   *
   * @param binary with the header of a module
   * @return by function that is not imported: where its body begins, the size not counted, and
   *     where it ends
   * @throws TooMuchException if there are too many, or one is too large
   * @throws com.dylibso.chicory.wasm.ChicoryException if it ends where something is to follow
   */
  public static int[] bodies(byte[] binary) {
    Cursor in = new Cursor(binary, HEADER_BYTES, binary.length);
    int[] offsets = {};
    while (!in.isAtEnd()) {
      int id = in.next();
      Cursor section = in.part();
      if (id == CODE) {
        offsets = read(section);
      }
    }
    return offsets;
  }

  private static int[] read(Cursor in) {
    int start = in.position();
    int count = in.count("function bodies");
    Limits.check(count, Limits.FUNCTIONS, "function bodies", start);
    int[] offsets = new int[2 * count];
    for (int i = 0; i < count; i++) {
      int at = in.position();
      Cursor body = in.part();
      Limits.check(body.remaining(), Limits.FUNCTION_BYTES, "bytes of a function", at);
      offsets[2 * i] = body.position();
      offsets[2 * i + 1] = in.position();
    }
    return offsets;
  }
}
