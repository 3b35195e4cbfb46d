package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.InputStream;

/**
 * A guest's standard input. What the guest has written so far is flushed before each read, which
 * may wait for a peer that waits for just that.
 */
final class GuestInput extends InputStream {
  private final InputStream in;
  private final GuestOutput stdout;

  GuestInput(InputStream in, GuestOutput stdout) {
    this.in = in;
    this.stdout = stdout;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    stdout.flushIfWritten();
    try {
      return in.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw new StreamFailure(StreamFailure.STDIN, e);
    }
  }

  /**
   * Never 0: a guest that polls its input is told that a read will not be refused. At the end of
   * the input that is so for ever.
   */
  @Override
  public int available() {
    try {
      return Math.max(1, in.available());
    } catch (IOException | RuntimeException e) {
      throw new StreamFailure(StreamFailure.STDIN, e);
    }
  }
}
