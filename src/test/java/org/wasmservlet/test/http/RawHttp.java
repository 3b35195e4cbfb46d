package org.wasmservlet.test.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One connection. */
public final class RawHttp implements Closeable {
  /** Whom requests are addressed to. */
  static final String AUTHORITY = "example.org:8080";

  private static final int TIMEOUT_MILLIS = 120_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private Head begun;

  public RawHttp(int port) throws IOException {
    this(port, TIMEOUT_MILLIS);
  }

  /** Makes a connection whose reads may take longer than most. */
  public RawHttp(int port, int timeoutMillis) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(timeoutMillis);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Sends a GET and reads the response. */
  public static RawResponse get(int port, String target, String... headerLines) throws IOException {
    return exchange(port, "GET", target, null, headerLines);
  }

  /** Sends a request with a body of declared length and reads the response. */
  public static RawResponse post(int port, String target, byte[] body, String... headerLines)
      throws IOException {
    return exchange(port, "POST", target, body, headerLines);
  }

  /**
   * Sends a request and reads the response; one that comes before all of the body is sent, too, for
   * then the server need not take the rest (RFC 9112, section 9.6).
   */
  public static RawResponse exchange(
      int port, String method, String target, byte[] body, String... headerLines)
      throws IOException {
    try (RawHttp connection = new RawHttp(port)) {
      connection.send(head(method, target, body, headerLines));
      IOException cutShort = null;
      try {
        connection.send(body == null ? new byte[0] : body);
      } catch (IOException e) {
        cutShort = e;
      }
      try {
        return connection.read(method);
      } catch (IOException e) {
        if (cutShort != null) {
          e.addSuppressed(cutShort);
        }
        throw e;
      }
    }
  }

  private static String head(String method, String target, byte[] body, String... headerLines) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    // The connection is left open: the end of a response must be told by the response itself.
    head.append("Host: ").append(AUTHORITY).append("\r\n");
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    if (body != null) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  public void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Tells the server that nothing more will be sent. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads one response, which may be an interim one. */
  public RawResponse read(String method) throws IOException {
    Head head = readHead();
    boolean bodiless =
        method.equals("HEAD") || head.status < 200 || head.status == 204 || head.status == 304;
    return bodiless ? head.with(new byte[0], true) : readBody(head);
  }

  /** Reads a response's head and leaves its body. */
  public int readStatus() throws IOException {
    begun = readHead();
    return begun.status;
  }

  /** Reads the body that {@link #readStatus} has left, and tells whether it is whole. */
  public boolean endsWhole() throws IOException {
    return readBody(begun).whole();
  }

  /** Reads until a text has come, whatever the transfer coding around it. */
  public void readUntil(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("the connection ended after: " + seen);
      }
      seen.append((char) c);
    }
  }

  private Head readHead() throws IOException {
    String statusLine = readLine();
    Head head = new Head(Integer.parseInt(statusLine.split(" ")[1]));
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      head.headers.add(
          new RawResponse.Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return head;
  }

  private RawResponse readBody(Head head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole;
    try {
      String coding = head.value("Transfer-Encoding");
      String length = head.value("Content-Length");
      if (coding != null && coding.toLowerCase(Locale.ROOT).equals("chunked")) {
        readChunks(body);
      } else if (length != null) {
        copy(body, Long.parseLong(length));
      } else {
        in.transferTo(body);
      }
      whole = true;
    } catch (EOFException | SocketException e) {
      whole = false;
    }
    return head.with(body.toByteArray(), whole);
  }

  private void readChunks(ByteArrayOutputStream body) throws IOException {
    for (; ; ) {
      int size = Integer.parseInt(readLine().split(";")[0].strip(), 16);
      copy(body, size);
      String end = readLine();
      if (!end.isEmpty()) {
        throw new IOException("not the end of a chunk: " + end);
      }
      if (size == 0) {
        return;
      }
    }
  }

  private void copy(ByteArrayOutputStream body, long length) throws IOException {
    byte[] buffer = new byte[8192];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException();
      }
      body.write(buffer, 0, read);
      left -= read;
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class Head {
    final int status;
    final List<RawResponse.Header> headers = new ArrayList<>();

    Head(int status) {
      this.status = status;
    }

    String value(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(RawResponse.Header::value)
          .findFirst()
          .orElse(null);
    }

    RawResponse with(byte[] body, boolean whole) {
      return new RawResponse(
          status,
          List.copyOf(headers),
          body,
          whole ? RawResponse.End.WHOLE : RawResponse.End.CLOSED);
    }
  }
}
