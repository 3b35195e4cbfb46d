package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/**
 * Asks an application.
 *
 * @param app where it is
 * @param path below the web application's, without a slash at its end
 */
record ApplicationClient(WebApp.Deployed app, String path) {
  RawResponse get(String rest, String... headers) throws IOException {
    return ask("GET", rest, null, headers);
  }

  RawResponse ask(String method, String rest, byte[] body, String... headers) throws IOException {
    return RawHttp.exchange(app.port(), method, app.contextPath() + path + rest, body, headers);
  }

  /** The body of a response that is as it should be. */
  String text(String rest) throws IOException {
    RawResponse response = get(rest);
    assertThat(response.status()).as(rest).isEqualTo(200);
    assertThat(response.whole()).as(rest).isTrue();
    return response.body();
  }

  /** The body, and what is logged of it. */
  void showsAndLogs(String rest, String body, String... logged) throws Exception {
    try (LogCapture log = new LogCapture()) {
      assertThat(text(rest)).isEqualTo(body);
      assertLogged(log, logged);
    }
  }

  /** The client is told that something is wrong, and the log what. */
  void fails(String rest, String... logged) throws Exception {
    try (LogCapture log = new LogCapture()) {
      RawResponse response = get(rest);
      assertThat(response.status()).as(rest).isEqualTo(500);
      assertThat(response.body()).as(rest).doesNotContain("never").doesNotContain("not yet");
      assertLogged(log, logged);
    }
  }

  /**
   * The application's own page tells the client that something is wrong, and the log what: it may
   * come after the page.
   */
  void failsWithItsOwnPage(String rest, String page, String logged) throws Exception {
    try (LogCapture log = new LogCapture()) {
      RawResponse response = get(rest);
      assertThat(response.status()).as(rest).isEqualTo(500);
      assertThat(response.whole()).as(rest).isTrue();
      assertThat(response.body()).as(rest).contains(page);
      log.await(message -> message.contains(logged));
    }
  }

  /** The body, and what is logged when the client has it. */
  void showsAndLogsAfterwards(String rest, String body, String logged) throws Exception {
    try (LogCapture log = new LogCapture()) {
      assertThat(text(rest)).isEqualTo(body);
      log.await(message -> message.contains(logged));
    }
  }

  /** What the client has is not the whole, and it knows that. */
  void isCut(String rest, String... logged) throws Exception {
    try (LogCapture log = new LogCapture()) {
      RawResponse response = get(rest);
      assertThat(response.status()).as(rest).isEqualTo(200);
      assertThat(response.whole()).as(rest).isFalse();
      assertThat(response.body()).as(rest).doesNotContain("never");
      assertLogged(log, logged);
    }
  }

  private static void assertLogged(LogCapture log, String... logged) {
    String all = String.join("\n", log.messages());
    for (String message : logged) {
      assertThat(all).containsOnlyOnce(message);
    }
  }

  /** A megabyte that is no text, and more than fits into any buffer on its way. */
  static byte[] megabyte() {
    byte[] bytes = new byte[1 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  /** What an application says of a body that it has read. */
  static String digest(byte[] body) throws Exception {
    return body.length
        + " "
        + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
  }

  /** The bytes of a header, each as a character. */
  static String bytes(String text) {
    return new String(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1);
  }
}
