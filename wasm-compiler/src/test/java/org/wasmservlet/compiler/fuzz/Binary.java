package org.wasmservlet.compiler.fuzz;

import java.io.ByteArrayOutputStream;

/** Bytes of the WebAssembly binary format. */
final class Binary {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Binary op(int... codes) {
    for (int code : codes) {
      bytes.write(code);
    }
    return this;
  }

  Binary unsigned(long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      bytes.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  Binary signed(long value) {
    long rest = value;
    while (rest < -64 || rest > 63) {
      bytes.write((int) (rest & 0x7F | 0x80));
      rest >>= 7;
    }
    bytes.write((int) (rest & 0x7F));
    return this;
  }

  Binary fixed(long value, int count) {
    for (int i = 0; i < count; i++) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  Binary name(String text) {
    unsigned(text.length());
    bytes.writeBytes(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return this;
  }

  Binary raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  Binary section(int id, Binary content) {
    byte[] inner = content.toBytes();
    return op(id).unsigned(inner.length).raw(inner);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
