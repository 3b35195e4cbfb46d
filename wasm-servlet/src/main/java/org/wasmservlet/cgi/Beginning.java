package org.wasmservlet.cgi;

import java.util.Arrays;

/** The first bytes of a guest's output, for the log to show where the output is thrown away. */
public final class Beginning {
  private static final int BYTES_AT_MOST = 200;

  /** Null until there is something to keep. */
  private byte[] bytes;

  private int length;

  /** Makes an empty one. */
  public Beginning() {}

  /**
   * Takes what comes next, as far as there is room.
   *
   * @param buffer where it is
   * @param offset of its first byte
   * @param count how many bytes
   */
  public void add(byte[] buffer, int offset, int count) {
    int more = Math.min(count, BYTES_AT_MOST - length);
    if (more > 0) {
      if (bytes == null) {
        bytes = new byte[BYTES_AT_MOST];
      }
      System.arraycopy(buffer, offset, bytes, length, more);
      length += more;
    }
  }

  /**
   * Shows them.
   *
   * @return quoted, without anything invisible; empty if there are none
   */
  public String quoted() {
    return length == 0 ? "" : Visible.text(Arrays.copyOf(bytes, length));
  }
}
