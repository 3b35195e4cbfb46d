package org.wasmservlet.test.http;

import java.io.IOException;

/** An exchange over HTTP/1.1; a body of unknown length is chunked. */
final class Http1Exchange implements OpenExchange {
  private final String method;
  private final boolean chunked;
  private final RawHttp connection;

  Http1Exchange(int port, String method, String target, long length, String... headerLines)
      throws IOException {
    this.method = method;
    this.chunked = length == Protocol.UNKNOWN_LENGTH;
    this.connection = new RawHttp(port);
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (!String.join("\n", headerLines).contains("Host: ")) {
      head.append("Host: ").append(RawHttp.AUTHORITY).append("\r\n");
    }
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (length != Protocol.NO_BODY) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    connection.send(head.append("\r\n").toString());
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    if (chunked) {
      connection.send(Integer.toHexString(bytes.length) + "\r\n");
    }
    connection.send(bytes);
    if (chunked) {
      connection.send("\r\n");
    }
  }

  @Override
  public void endBody() throws IOException {
    if (chunked) {
      connection.send("0\r\n\r\n");
    }
  }

  @Override
  public void awaitContinue() throws IOException {
    int status = connection.readStatus();
    if (status != 100) {
      throw new IOException("answered with " + status);
    }
  }

  @Override
  public int readStatus() throws IOException {
    return connection.readStatus();
  }

  @Override
  public void readUntil(String text) throws IOException {
    connection.readUntil(text);
  }

  @Override
  public boolean endsWhole() throws IOException {
    return connection.endsWhole();
  }

  @Override
  public RawResponse read() throws IOException {
    return connection.read(method);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
