package org.wasmservlet.bench.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** Sends one request on a connection of its own. */
final class Client {
  private static final int TIMEOUT_MILLIS = 120_000;

  private Client() {}

  /**
   * What came.
   *
   * @param status 0 if there was no response
   * @param body as far as it came
   */
  record Answer(int status, String body) {
    private static final Answer NONE = new Answer(0, "");
  }

  static Answer get(int port, String target) throws IOException {
    return send(port, "GET " + target + " HTTP/1.0\r\nHost: soak\r\n\r\n");
  }

  static Answer post(int port, String target, String body) throws IOException {
    return send(
        port,
        "POST "
            + target
            + " HTTP/1.0\r\nHost: soak\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  /** Sends a part of a request, reads a part of what comes, if anything, and goes away. */
  static void abandon(int port, String part, int bytesToRead) throws IOException {
    try (Socket socket = connect(port)) {
      write(socket, part);
      socket.getInputStream().readNBytes(bytesToRead);
      // Not an orderly end: the server sees a reset.
      socket.setSoLinger(true, 0);
    }
  }

  private static Answer send(int port, String request) throws IOException {
    String text;
    try (Socket socket = connect(port)) {
      write(socket, request);
      text = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
    int end = text.indexOf("\r\n\r\n");
    return end < 0
        ? Answer.NONE
        : new Answer(Integer.parseInt(text.split(" ", 3)[1]), text.substring(end + 4));
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }
}
