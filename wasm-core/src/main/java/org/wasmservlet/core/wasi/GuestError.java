package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.OutputStream;

/** A guest's standard error. Diagnostics that cannot be delivered are no reason to stop it. */
final class GuestError extends OutputStream {
  private final OutputStream out;
  private boolean failed;

  GuestError(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failed) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      failed = true;
    }
  }
}
