package org.wasmservlet.test.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Modules whose names are as long and as odd as a module may make them. */
public final class LongNames {
  private LongNames() {}

  /** Calls itself until the stack is exhausted: each frame of the backtrace has the name. */
  public static byte[] recursive(String functionName) {
    ByteArrayOutputStream module = header();
    section(module, 1, new byte[] {1, 0x60, 0, 0});
    section(module, 3, new byte[] {1, 0});
    section(module, 7, concat(new byte[] {1}, text("_start"), new byte[] {0, 0}));
    section(module, 10, new byte[] {1, 4, 0, 0x10, 0, 0x0b});
    byte[] names = concat(new byte[] {1, 0}, text(functionName));
    section(module, 0, concat(text("name"), new byte[] {1}, unsigned(names.length), names));
    return module.toByteArray();
  }

  /** Imports a function that nobody has, and calls it. */
  public static byte[] importing(String moduleName, String functionName) {
    ByteArrayOutputStream module = header();
    section(module, 1, new byte[] {1, 0x60, 0, 0});
    section(
        module, 2, concat(new byte[] {1}, text(moduleName), text(functionName), new byte[] {0, 0}));
    section(module, 3, new byte[] {1, 0});
    section(module, 7, concat(new byte[] {1}, text("_start"), new byte[] {0, 1}));
    section(module, 10, new byte[] {1, 4, 0, 0x10, 0, 0x0b});
    return module.toByteArray();
  }

  private static ByteArrayOutputStream header() {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    return module;
  }

  private static void section(ByteArrayOutputStream module, int id, byte[] content) {
    module.write(id);
    module.writeBytes(unsigned(content.length));
    module.writeBytes(content);
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return concat(unsigned(bytes.length), bytes);
  }

  private static byte[] unsigned(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = value;
    while (rest >>> 7 != 0) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
