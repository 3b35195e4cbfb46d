package org.wasmservlet.core;

import java.io.IOException;
import java.io.OutputStream;

/** Passes on as many bytes as a guest may write, and fails at the next one. */
final class LimitedOutput extends OutputStream {
  private final OutputStream out;
  private long left;

  LimitedOutput(OutputStream out, long limit) {
    this.out = out;
    this.left = limit;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int allowed = (int) Math.min(left, length);
    left -= allowed;
    out.write(bytes, offset, allowed);
    if (allowed < length) {
      throw new ExceededException();
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Ends the guest. */
  static final class ExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    ExceededException() {
      super("more output than allowed");
    }
  }
}
