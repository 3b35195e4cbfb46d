package org.wasmservlet.core.prepared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes what {@link StoredInput} reads. */
public final class StoredOutput extends DataOutputStream {
  /**
   * Begins to write.
   *
   * @param out where to
   */
  public StoredOutput(OutputStream out) {
    super(out);
  }

  /**
   * Writes bytes, and how many there are.
   *
   * @param bytes not null
   * @throws IOException if that fails
   */
  public void writeBlock(byte[] bytes) throws IOException {
    writeInt(bytes.length);
    write(bytes);
  }

  /**
   * Writes text.
   *
   * @param text of any length, not null
   * @throws IOException if that fails
   */
  public void writeText(String text) throws IOException {
    writeBlock(text.getBytes(UTF_8));
  }
}
