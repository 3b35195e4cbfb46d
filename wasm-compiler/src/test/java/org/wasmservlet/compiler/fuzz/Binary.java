package org.wasmservlet.compiler.fuzz;

import java.io.ByteArrayOutputStream;

/** Bytes of the WebAssembly binary format. */
public final class Binary {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public Binary op(int... codes) {
    for (int code : codes) {
      bytes.write(code);
    }
    return this;
  }

  public Binary unsigned(long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      bytes.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  public Binary signed(long value) {
    long rest = value;
    while (rest < -64 || rest > 63) {
      bytes.write((int) (rest & 0x7F | 0x80));
      rest >>= 7;
    }
    bytes.write((int) (rest & 0x7F));
    return this;
  }

  public Binary fixed(long value, int count) {
    for (int i = 0; i < count; i++) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  public Binary name(String text) {
    unsigned(text.length());
    bytes.writeBytes(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return this;
  }

  public Binary raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  public Binary section(int id, Binary content) {
    byte[] inner = content.toBytes();
    return op(id).unsigned(inner.length).raw(inner);
  }

  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
