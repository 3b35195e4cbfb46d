package org.wasmservlet.core.wasi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A copy of a structure out of a guest's memory. */
final class GuestBytes {
  private final ByteBuffer bytes;

  GuestBytes(byte[] copy) {
    this.bytes = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
  }

  int byteAt(int index) {
    return bytes.get(index) & 0xff;
  }

  int shortAt(int index) {
    return bytes.getShort(index) & 0xffff;
  }

  int intAt(int index) {
    return bytes.getInt(index);
  }

  long longAt(int index) {
    return bytes.getLong(index);
  }
}
