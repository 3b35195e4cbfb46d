package org.wasmservlet.core.prepared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/** Reads what was kept, and allocates nothing that is longer than that. */
public final class StoredInput extends DataInputStream {
  /**
   * Begins to read.
   *
   * @param bytes all there is
   */
  public StoredInput(byte[] bytes) {
    super(new ByteArrayInputStream(bytes));
  }

  /**
   * Reads how many follow.
   *
   * @param bytesEach that each of them has at least
   * @return not more than there are bytes for
   * @throws IOException if there are not as many
   */
  public int readCount(int bytesEach) throws IOException {
    int count = readInt();
    if (count < 0 || count > available() / bytesEach) {
      throw new EOFException();
    }
    return count;
  }

  /**
   * Reads bytes.
   *
   * @return of the caller's own
   * @throws IOException if there are not as many
   */
  public byte[] readBlock() throws IOException {
    byte[] bytes = new byte[readCount(1)];
    readFully(bytes);
    return bytes;
  }

  /**
   * Reads text.
   *
   * @return never null
   * @throws IOException if it ends early
   */
  public String readText() throws IOException {
    return new String(readBlock(), UTF_8);
  }
}
