package org.wasmservlet.cgi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A request's body as a guest gets it: exactly CONTENT_LENGTH bytes, then the end of the input (RFC
 * 3875, section 4.2). A body of known length is streamed; another, whose length the guest must be
 * told beforehand, is read in first.
 */
public final class RequestBody implements AutoCloseable {
  private final long length;
  private final InputStream stream;
  private final AutoCloseable storage;

  private RequestBody(long length, InputStream stream, AutoCloseable storage) {
    this.length = length;
    this.stream = stream;
    this.storage = storage;
  }

  /**
   * Prepares a request's body.
   *
   * @param request whose body nothing has read yet
   * @param input the body
   * @param maxBytes the largest body that is let through
   * @param temporaryDirectory where a large body of unknown length waits
   * @return a body that must be closed
   * @throws BadRequestException if the body is too large or cannot be read
   * @throws IOException if it cannot be kept
   */
  public static RequestBody open(
      HttpServletRequest request, ClientInput input, long maxBytes, Path temporaryDirectory)
      throws IOException {
    long declared = request.getContentLengthLong();
    if (declared > maxBytes) {
      throw tooLarge(maxBytes);
    }
    if (declared >= 0) {
      return new RequestBody(
          declared,
          declared == 0 ? InputStream.nullInputStream() : new ExactInput(input.open(), declared),
          () -> {});
    }
    if (!hasBodyOfUnknownLength(request)) {
      return new RequestBody(-1, InputStream.nullInputStream(), () -> {});
    }
    SpooledBody spooled = SpooledBody.read(input.open(), maxBytes, temporaryDirectory);
    return new RequestBody(spooled.length(), spooled.stream(), spooled);
  }

  /**
   * Prepares a request's body of which nothing is left to come: whoever reads it never waits for
   * the client.
   *
   * @param request whose body nothing has read yet
   * @param input the body
   * @param maxBytes the largest body that is let through
   * @param temporaryDirectory where a large body waits
   * @return a body that must be closed
   * @throws BadRequestException if the body is too large or cannot be read
   * @throws IOException if it cannot be kept
   */
  public static RequestBody readWhole(
      HttpServletRequest request, ClientInput input, long maxBytes, Path temporaryDirectory)
      throws IOException {
    RequestBody body = open(request, input, maxBytes, temporaryDirectory);
    if (body.length <= 0) {
      return body;
    }
    try (body) {
      SpooledBody spooled = SpooledBody.read(body.stream, maxBytes, temporaryDirectory);
      return new RequestBody(spooled.length(), spooled.stream(), spooled);
    }
  }

  static BadRequestException tooLarge(long maxBytes) {
    return new BadRequestException(
        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
        "the request's body has more than " + maxBytes + " bytes");
  }

  /** Later versions of HTTP frame bodies themselves and need neither of the two headers. */
  private static boolean hasBodyOfUnknownLength(HttpServletRequest request) throws IOException {
    if (request.getHeader("Transfer-Encoding") != null) {
      return true;
    }
    return !request.getProtocol().startsWith("HTTP/1.") && !request.getInputStream().isFinished();
  }

  /**
   * How long the body is.
   *
   * @return bytes, or -1 if there is no body
   */
  public long length() {
    return length;
  }

  /**
   * The body.
   *
   * @return for the guest's standard input
   */
  public InputStream stream() {
    return stream;
  }

  @Override
  public void close() throws IOException {
    try {
      storage.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
