package org.wasmservlet.cgi;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** A body that was read in whole: in memory up to a size, in a temporary file beyond it. */
final class SpooledBody implements AutoCloseable {
  static final int IN_MEMORY_AT_MOST = 64 * 1024;

  private final long length;
  private final InputStream stream;
  private final NamelessFile file;

  private SpooledBody(long length, InputStream stream, NamelessFile file) {
    this.length = length;
    this.stream = stream;
    this.file = file;
  }

  static SpooledBody read(InputStream in, long maxBytes, Path temporaryDirectory)
      throws IOException {
    byte[] head = head(in);
    if (head.length > maxBytes) {
      throw RequestBody.tooLarge(maxBytes);
    }
    if (head.length < IN_MEMORY_AT_MOST) {
      return new SpooledBody(head.length, new ByteArrayInputStream(head), null);
    }
    return toFile(head, in, maxBytes, temporaryDirectory);
  }

  private static SpooledBody toFile(
      byte[] head, InputStream in, long maxBytes, Path temporaryDirectory) throws IOException {
    NamelessFile file = NamelessFile.in(temporaryDirectory, "wasm-request-");
    boolean kept = false;
    try {
      long length = head.length;
      OutputStream out = file.output();
      out.write(head);
      for (int n = fill(in, head); n > 0; n = fill(in, head)) {
        length += n;
        if (length > maxBytes) {
          throw RequestBody.tooLarge(maxBytes);
        }
        out.write(head, 0, n);
      }
      SpooledBody body = new SpooledBody(length, file.input(), file);
      kept = true;
      return body;
    } finally {
      if (!kept) {
        file.close();
      }
    }
  }

  /** No more memory than a short body needs. */
  private static byte[] head(InputStream in) throws BadRequestException {
    try {
      return in.readNBytes(IN_MEMORY_AT_MOST);
    } catch (IOException e) {
      throw cutOff(e);
    }
  }

  /** Reads until the buffer is full or the client's body has ended. */
  private static int fill(InputStream in, byte[] buffer) throws BadRequestException {
    try {
      return in.readNBytes(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw cutOff(e);
    }
  }

  private static BadRequestException cutOff(IOException cause) {
    if (cause instanceof BadRequestException known) {
      return known;
    }
    return new BadRequestException(
        HttpServletResponse.SC_BAD_REQUEST, "the request's body is cut off or malformed", cause);
  }

  long length() {
    return length;
  }

  InputStream stream() {
    return stream;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
