package org.wasmservlet.cgi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A response's body that waits for its guest to end: in memory up to a size, in a temporary file
 * beyond it. What limits it is the limit of the guest's output.
 */
public final class HeldBody extends OutputStream {
  static final int IN_MEMORY_AT_MOST = 256 * 1024;

  /** Between two of them it is seen whether the client takes too long. */
  private static final int PIECE = 8 * 1024;

  private final Path temporaryDirectory;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private NamelessFile file;
  private OutputStream rest;

  /**
   * Makes an empty one.
   *
   * @param temporaryDirectory where a large one waits
   */
  public HeldBody(Path temporaryDirectory) {
    this.temporaryDirectory = temporaryDirectory;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (rest == null && head.size() + length > IN_MEMORY_AT_MOST) {
      file = NamelessFile.in(temporaryDirectory, "wasm-response-");
      rest = file.output();
    }
    (rest == null ? head : rest).write(bytes, offset, length);
  }

  /** Sends all of it. */
  void sendTo(OutputStream out) throws IOException {
    byte[] bytes = head.toByteArray();
    for (int at = 0; at < bytes.length; at += PIECE) {
      out.write(bytes, at, Math.min(PIECE, bytes.length - at));
    }
    if (file != null) {
      file.input().transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
