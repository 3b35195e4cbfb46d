package org.wasmservlet.cgi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;
import org.wasmservlet.container.ResponseHeaderLimit;

/**
 * A guest's standard output on its way into the response (RFC 3875, section 6): the header is
 * parsed and applied, the body goes straight on as it is written, or is held until the guest has
 * ended.
 *
 * <p>It throws MalformedResponseException, which ends the guest, where the output is no CGI
 * response; by then nothing of it has reached the response's header.
 */
public final class CgiResponse extends OutputStream {
  /** A header that no container finds too large. */
  private static final int SMALL_HEADER = 2048;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final boolean head;
  private final HeldBody held;
  private final CgiHeaderParser parser = new CgiHeaderParser();

  private CgiHeaders headers;
  private OutputStream body;
  private boolean bodyDropped;
  private long declared = -1;
  private long written;

  /**
   * Makes a response.
   *
   * @param request what is answered; to a HEAD request without the body
   * @param response where it goes; nothing has been written to it
   */
  public CgiResponse(HttpServletRequest request, HttpServletResponse response) {
    this(request, response, null);
  }

  /**
   * Makes a response whose guest never waits for the client.
   *
   * @param request what is answered; to a HEAD request without the body
   * @param response where it goes; nothing has been written to it
   * @param held keeps the body until {@link #finish}; closed with this, null to send it at once
   */
  public CgiResponse(HttpServletRequest request, HttpServletResponse response, HeldBody held) {
    this.request = request;
    this.response = response;
    this.head = request.getMethod().equals("HEAD");
    this.held = held;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int used = 0;
    if (headers == null) {
      used = parser.feed(bytes, offset, length);
      if (parser.isComplete()) {
        begin(parser.headers());
      }
    }
    if (used < length) {
      writeBody(bytes, offset + used, length - used);
    }
  }

  /** Lets the client have what the guest has written of the body so far. */
  @Override
  public void flush() throws IOException {
    if (headers != null && !headers.isLocalRedirect() && !bodyDropped) {
      body.flush();
    }
  }

  /**
   * Checks, once the guest has ended, that the response is whole.
   *
   * @param limit what goes to the client while what was held is sent
   * @throws MalformedResponseException if its header has not ended or its body is shorter than its
   *     Content-Length
   * @throws IOException if the client has gone, or is too slow, while what was held is sent
   */
  public void finish(UnaryOperator<OutputStream> limit) throws IOException {
    if (headers == null) {
      throw parser.endedEarly();
    }
    if (declared >= 0 && written < declared && !bodyDropped) {
      throw new MalformedResponseException(
          "the body has " + written + " bytes, Content-Length says " + declared);
    }
    if (held != null && body != null) {
      held.sendTo(limit.apply(response.getOutputStream()));
    }
  }

  /** Drops what is held. */
  @Override
  public void close() throws IOException {
    if (held != null) {
      held.close();
    }
  }

  /**
   * Where the guest redirects the request instead of answering it.
   *
   * @return a path on this server with its query, or null if this is no local redirect
   */
  public String localRedirect() {
    return headers != null && headers.isLocalRedirect() ? headers.location() : null;
  }

  /**
   * Tells whether the guest has said what its response is.
   *
   * @return true if its header is complete
   */
  public boolean hasHeader() {
    return headers != null;
  }

  /**
   * The beginning of output that never became a response's header; for the log.
   *
   * @return what there is of it, quoted, short and without anything invisible; empty if there is
   *     nothing
   */
  public String discarded() {
    return headers == null ? parser.beginning() : "";
  }

  private void begin(CgiHeaders complete) throws IOException {
    headers = complete;
    if (complete.isLocalRedirect()) {
      return;
    }
    int status = statusOf(complete);
    boolean bodiless =
        status == HttpServletResponse.SC_NO_CONTENT
            || status == HttpServletResponse.SC_NOT_MODIFIED;
    bodyDropped = head || bodiless;
    response.setStatus(status);
    if (complete.contentType() != null) {
      response.setContentType(complete.contentType());
    }
    if (complete.location() != null) {
      response.setHeader("Location", complete.location());
    }
    for (CgiHeaders.Field field : complete.others()) {
      add(field);
    }
    if (complete.contentLength() >= 0 && status != HttpServletResponse.SC_NO_CONTENT) {
      declared = complete.contentLength();
      response.setContentLengthLong(declared);
    }
    if (parser.size() > SMALL_HEADER) {
      checkThatItCanBeSent();
    }
    body = held != null ? held : response.getOutputStream();
  }

  private void checkThatItCanBeSent() throws MalformedResponseException {
    ResponseHeaderLimit limit = ResponseHeaderLimit.of(request);
    long bytes = limit == null ? 0 : ResponseHeaderLimit.measure(request, response);
    if (limit != null && bytes > limit.bytes()) {
      throw new MalformedResponseException(
          "the header of "
              + parser.size()
              + " bytes makes one of "
              + bytes
              + ", and the container sends none of more than "
              + limit.bytes()
              + " ("
              + limit.setting()
              + ")");
    }
  }

  private void add(CgiHeaders.Field field) {
    // What filters have set is replaced, what the guest repeats is kept; cookies always add up.
    boolean replaces = !field.name().equalsIgnoreCase("Set-Cookie") && isFirstOfItsName(field);
    if (replaces) {
      response.setHeader(field.name(), field.value());
    } else {
      response.addHeader(field.name(), field.value());
    }
  }

  private boolean isFirstOfItsName(CgiHeaders.Field field) {
    for (CgiHeaders.Field other : headers.others()) {
      if (other == field) {
        return true;
      }
      if (other.name().equalsIgnoreCase(field.name())) {
        return false;
      }
    }
    return true;
  }

  private int statusOf(CgiHeaders complete) {
    if (complete.status() != 0) {
      return complete.status();
    }
    // What stands is 200, or the error's status where the guest makes an error page.
    return complete.isClientRedirect() ? HttpServletResponse.SC_FOUND : response.getStatus();
  }

  private void writeBody(byte[] bytes, int offset, int length) throws IOException {
    if (bodyDropped || headers.isLocalRedirect()) {
      return;
    }
    if (declared >= 0 && length > declared - written) {
      throw new MalformedResponseException(
          "the body is longer than the " + declared + " bytes of its Content-Length");
    }
    body.write(bytes, offset, length);
    written += length;
  }
}
