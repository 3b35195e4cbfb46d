package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.MalformedException;

/**
 * The name section, in which nothing can make a module invalid: where it is not what it should be,
 * it counts as absent (core specification, section 7.4).
 */
public final class FunctionNames {
  private static final int FUNCTIONS = 1;
  private static final int LOCALS = 2;
  private static final int LABELS = 3;

  private FunctionNames() {}

  /**
   * Looks at a name section. Names must be in the order of what they name: sorting them in, as
   * parsers do, takes for ever for a million that are not.
   *
   * @param content of the section, without its own name
   * @return whether it is well-formed
   */
  public static boolean areSound(byte[] content) {
    try {
      Cursor in = new Cursor(content, 0, content.length);
      while (!in.isAtEnd()) {
        int id = in.next();
        Cursor part = in.part();
        if (id == LOCALS || id == LABELS) {
          checkNested(part);
        } else if (id >= FUNCTIONS) {
          checkNames(part);
        }
      }
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private static void checkNested(Cursor in) {
    long last = -1;
    for (int left = in.count("names"); left > 0; left--) {
      last = ascending(in.unsigned(), last);
      checkNames(in);
    }
  }

  private static void checkNames(Cursor in) {
    long last = -1;
    for (int left = in.count("names"); left > 0; left--) {
      last = ascending(in.unsigned(), last);
      in.skipBytes();
    }
  }

  private static long ascending(long index, long last) {
    if (index <= last) {
      throw new MalformedException("names are not in order");
    }
    return index;
  }
}
