package org.wasmservlet.cgi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A request's body as a guest gets it: exactly CONTENT_LENGTH bytes, then the end of the input (RFC
 * 3875, section 4.2). A body of known length is streamed; another, whose length the guest must be
 * told beforehand, is read in first; so is one that a filter has put in the place of the client's.
 * A form that was read before is written again from its parameters or parts.
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
   * Gives a body that need not be there before its guest runs.
   *
   * @param request whose body a filter may have read or replaced
   * @param input the body
   * @param maxBytes the largest body that is let through
   * @param whole whether none of it may be left to come
   * @return a body that must be closed; null if it must be {@linkplain #read read} first
   * @throws BadRequestException if the body is too large
   * @throws IOException if the client cannot be asked for it
   */
  public static RequestBody unread(
      HttpServletRequest request, ClientInput input, long maxBytes, boolean whole)
      throws IOException {
    long declared = request.getContentLengthLong();
    if (declared > maxBytes) {
      throw tooLarge(maxBytes);
    }
    if (declared == 0 || declared < 0 && !mayHaveBodyOfUnknownLength(request)) {
      return new RequestBody(declared, InputStream.nullInputStream(), () -> {});
    }
    input.open();
    return whole || !isAsDeclared(declared, input)
        ? null
        : new RequestBody(declared, new ExactInput(input, declared, input::isFinished), () -> {});
  }

  private static boolean isAsDeclared(long declared, ClientInput input) {
    return declared > 0 && !input.isReplaced() && !input.isTaken();
  }

  /**
   * Reads a body, of which nothing is then left to come: whoever reads it never waits for the
   * client.
   *
   * @param request whose body a filter may have read or replaced
   * @param input the body, which {@link #unread} has begun
   * @param limit what is read in the input's place
   * @param maxBytes the largest body that is let through
   * @param temporaryDirectory where a large body waits
   * @return a body that must be closed
   * @throws BadRequestException if the body is too large, cannot be read, or was read by another
   * @throws IOException if it cannot be kept
   */
  public static RequestBody read(
      HttpServletRequest request,
      ClientInput input,
      UnaryOperator<InputStream> limit,
      long maxBytes,
      Path temporaryDirectory)
      throws IOException {
    long declared = request.getContentLengthLong();
    InputStream limited = limit.apply(input);
    InputStream body =
        isAsDeclared(declared, input)
            ? new ExactInput(limited, declared, input::isFinished)
            : limited;
    SpooledBody spooled = SpooledBody.read(body, maxBytes, temporaryDirectory);
    if (spooled.length() > 0) {
      return new RequestBody(spooled.length(), spooled.stream(), spooled);
    }
    spooled.close();
    return again(request, declared, maxBytes, temporaryDirectory);
  }

  /** Of a body of which nothing is left, though there may have been something. */
  private static RequestBody again(
      HttpServletRequest request, long declared, long maxBytes, Path temporaryDirectory)
      throws IOException {
    InputStream written = ReadBody.again(request);
    if (written != null) {
      SpooledBody spooled = SpooledBody.read(written, maxBytes, temporaryDirectory);
      return new RequestBody(spooled.length(), spooled.stream(), spooled);
    }
    if (declared > 0) {
      throw readBefore(declared, declared);
    }
    boolean hasBody = request.getHeader("Transfer-Encoding") != null;
    return new RequestBody(hasBody ? 0 : -1, InputStream.nullInputStream(), () -> {});
  }

  static BadRequestException readBefore(long missing, long declared) {
    return new BadRequestException(
        HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
        "a filter or a servlet has read "
            + missing
            + " of the "
            + declared
            + " bytes of the request's body before, and they cannot be written again: let it leave the"
            + " body alone, or pass on a request that gives it once more");
  }

  static BadRequestException tooLarge(long maxBytes) {
    return new BadRequestException(
        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
        "the request's body has more than " + maxBytes + " bytes");
  }

  /**
   * Later versions of HTTP frame bodies themselves and need neither of the two headers. There, a
   * form that has been read looks like a request without a body.
   */
  private static boolean mayHaveBodyOfUnknownLength(HttpServletRequest request) throws IOException {
    if (request.getHeader("Transfer-Encoding") != null) {
      return true;
    }
    return !request.getProtocol().startsWith("HTTP/1.")
        && (ReadBody.isForm(request) || !isFinished(request));
  }

  private static boolean isFinished(HttpServletRequest request) throws IOException {
    try {
      return request.getInputStream().isFinished();
    } catch (IllegalStateException e) {
      // Somebody reads it by its reader.
      return false;
    }
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
