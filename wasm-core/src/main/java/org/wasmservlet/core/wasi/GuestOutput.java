package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A guest's standard output. Unbuffered: every write goes on at once, but may lie in a buffer of
 * the stream's. Belongs to the run's thread, except for {@link #hasWaited}.
 */
final class GuestOutput extends OutputStream {
  private final OutputStream out;

  /** When what has been written first after the last flush was written; 0 if there is nothing. */
  private volatile long waitsSince;

  GuestOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      if (waitsSince == 0) {
        waitsSince = System.nanoTime() | 1;
      }
      out.write(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw new StreamFailure(StreamFailure.STDOUT, e);
    }
  }

  /**
   * Tells whether something has been waiting for a flush; for any thread.
   *
   * @param nanos for how long
   * @param now as {@link System#nanoTime()} tells it
   */
  boolean hasWaited(long nanos, long now) {
    long since = waitsSince;
    return since != 0 && now - since >= nanos;
  }

  void flushIfWritten() {
    if (waitsSince != 0) {
      waitsSince = 0;
      try {
        out.flush();
      } catch (IOException | RuntimeException e) {
        throw new StreamFailure(StreamFailure.STDOUT, e);
      }
    }
  }
}
