package org.wasmservlet.compiler;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where a prepared module is kept. It is read as long as its code is used, by any threads; what
 * comes out of it is checked each time, so that it may be damaged meanwhile.
 */
public interface StoredBytes {
  /**
   * How many there are.
   *
   * @return bytes
   * @throws IOException if that cannot be told
   */
  long size() throws IOException;

  /**
   * Reads some.
   *
   * @param at where they begin
   * @param length how many
   * @return as many, of the caller's own
   * @throws IOException if they cannot be read, or there are not as many
   */
  byte[] read(long at, int length) throws IOException;

  /**
   * Bytes in the heap.
   *
   * @param bytes not copied
   * @return these
   */
  static StoredBytes of(byte[] bytes) {
    return new StoredBytes() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long at, int length) throws IOException {
        if (length > bytes.length - at) {
          throw new EOFException("the end is at " + bytes.length);
        }
        return Arrays.copyOfRange(bytes, (int) at, (int) at + length);
      }
    };
  }
}
