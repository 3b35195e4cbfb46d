package org.wasmservlet.bench.guests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Adds to a module the export {@code nothing}, a function that does nothing: what a call of it
 * takes is what an instance takes, the same way on every peer.
 */
final class InstanceModule {
  static final String ENTRY_POINT = "nothing";

  private static final int HEADER = 8;
  private static final int TYPE = 1;
  private static final int IMPORT = 2;
  private static final int FUNCTION = 3;
  private static final int EXPORT = 7;
  private static final int CODE = 10;

  /** A body of two bytes: no locals, end. */
  private static final byte[] BODY = {2, 0, 0x0b};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int type = -1;
  private int functions;

  private InstanceModule() {}

  /** Makes the module, unless it has been made. */
  static void make(Path module, Path made) throws IOException {
    if (!Files.exists(made)) {
      Files.write(made, new InstanceModule().edit(ByteBuffer.wrap(Files.readAllBytes(module))));
    }
  }

  private byte[] edit(ByteBuffer in) {
    in.order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[HEADER];
    in.get(header);
    out.writeBytes(header);
    while (in.hasRemaining()) {
      int id = in.get();
      int size = number(in);
      ByteBuffer section = in.slice(in.position(), size);
      in.position(in.position() + size);
      section(id, section);
    }
    return out.toByteArray();
  }

  private void section(int id, ByteBuffer section) {
    byte[] more = {};
    int position = section.position();
    if (id == TYPE) {
      findType(section);
    } else if (id == IMPORT) {
      countImports(section);
    } else if (id == FUNCTION) {
      functions += number(section);
      more = encoded(type);
    } else if (id == EXPORT) {
      more = export();
    } else if (id == CODE) {
      more = BODY;
    }
    section.position(position);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (more.length > 0) {
      content.writeBytes(encoded(number(section) + 1));
    }
    byte[] rest = new byte[section.remaining()];
    section.get(rest);
    content.writeBytes(rest);
    content.writeBytes(more);
    out.write(id);
    out.writeBytes(encoded(content.size()));
    out.writeBytes(content.toByteArray());
  }

  private byte[] export() {
    byte[] name = ENTRY_POINT.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.write(name.length);
    entry.writeBytes(name);
    entry.write(0);
    entry.writeBytes(encoded(functions));
    return entry.toByteArray();
  }

  private void findType(ByteBuffer section) {
    int count = number(section);
    for (int i = 0; i < count; i++) {
      section.get();
      int parameters = number(section);
      section.position(section.position() + parameters);
      int results = number(section);
      section.position(section.position() + results);
      if (parameters + results == 0) {
        type = i;
      }
    }
    if (type < 0) {
      throw new IllegalArgumentException("no type of no parameters and no results");
    }
  }

  private void countImports(ByteBuffer section) {
    int count = number(section);
    for (int i = 0; i < count; i++) {
      for (int name = 0; name < 2; name++) {
        int length = number(section);
        section.position(section.position() + length);
      }
      if (section.get() != 0) {
        throw new IllegalArgumentException("an import is no function");
      }
      number(section);
      functions++;
    }
  }

  /** LEB128. */
  private static int number(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = in.get();
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  private static byte[] encoded(int value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int left = value;
    while (left > 0x7f) {
      bytes.write(left & 0x7f | 0x80);
      left >>>= 7;
    }
    bytes.write(left);
    return bytes.toByteArray();
  }
}
