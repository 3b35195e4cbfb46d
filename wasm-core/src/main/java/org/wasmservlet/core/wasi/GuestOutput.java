package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.OutputStream;

/** A guest's standard output. Unbuffered: every write goes on at once. */
final class GuestOutput extends OutputStream {
  private final OutputStream out;
  private boolean writtenSinceFlush;

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
      writtenSinceFlush = true;
      out.write(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw new StreamFailure(StreamFailure.STDOUT, e);
    }
  }

  void flushIfWritten() {
    if (writtenSinceFlush) {
      writtenSinceFlush = false;
      try {
        out.flush();
      } catch (IOException | RuntimeException e) {
        throw new StreamFailure(StreamFailure.STDOUT, e);
      }
    }
  }
}
