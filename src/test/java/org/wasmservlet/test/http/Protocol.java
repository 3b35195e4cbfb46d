package org.wasmservlet.test.http;

import java.io.IOException;

/** The same request over one version of HTTP or another, without TLS. */
public enum Protocol {
  HTTP_1_1("HTTP/1.1") {
    @Override
    public OpenExchange open(
        int port, String method, String target, long length, String... headerLines)
        throws IOException {
      return new Http1Exchange(port, method, target, length, headerLines);
    }
  },
  /** With prior knowledge (RFC 9113, section 3.3). */
  HTTP_2("HTTP/2.0") {
    @Override
    public OpenExchange open(
        int port, String method, String target, long length, String... headerLines)
        throws IOException {
      return new Http2Exchange(port, method, target, length, headerLines);
    }
  };

  /** No body at all. */
  public static final long NO_BODY = -1;

  /** A body whose length is not told before its end. */
  public static final long UNKNOWN_LENGTH = -2;

  private final String serversName;

  Protocol(String serversName) {
    this.serversName = serversName;
  }

  /** What a servlet knows it by. */
  public String serversName() {
    return serversName;
  }

  /**
   * Begins a request on a connection of its own, to {@code example.org:8080} if no header line says
   * otherwise.
   *
   * @param length of the body in bytes, {@link #NO_BODY} or {@link #UNKNOWN_LENGTH}
   * @param headerLines {@code Name: value}; {@code Host} becomes {@code :authority} where there is
   *     one
   */
  public abstract OpenExchange open(
      int port, String method, String target, long length, String... headerLines)
      throws IOException;

  /** Sends a GET and reads the response. */
  public RawResponse get(int port, String target, String... headerLines) throws IOException {
    return exchange(port, "GET", target, null, headerLines);
  }

  /** Sends a request, with a body of declared length if there is one, and reads the response. */
  public RawResponse exchange(
      int port, String method, String target, byte[] body, String... headerLines)
      throws IOException {
    try (OpenExchange open =
        open(port, method, target, body == null ? NO_BODY : body.length, headerLines)) {
      if (body != null && body.length > 0) {
        sendUnlessAnswered(body, open);
      }
      return open.read();
    }
  }

  /** Sends a request with a body whose length is not told before its end. */
  public RawResponse exchangeOfUnknownLength(
      int port, String method, String target, byte[] body, String... headerLines)
      throws IOException {
    try (OpenExchange open = open(port, method, target, UNKNOWN_LENGTH, headerLines)) {
      sendUnlessAnswered(body, open);
      return open.read();
    }
  }

  /** Whoever does not want the body may answer without it. */
  private static void sendUnlessAnswered(byte[] body, OpenExchange open) {
    try {
      if (body.length > 0) {
        open.send(body);
      }
      open.endBody();
    } catch (IOException e) {
      // Whether there is an answer is told by what is read next.
    }
  }
}
