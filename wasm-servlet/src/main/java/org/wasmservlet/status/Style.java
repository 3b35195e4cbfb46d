package org.wasmservlet.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page's style, which is in the page, and the policy that allows it and nothing else. */
final class Style {
  static final String CSS = read();

  /** In the page, so that no browser asks for /favicon.ico. */
  static final String ICON =
      "<link rel=\"icon\" href=\"data:image/svg+xml,"
          + "%3Csvg xmlns='http%3A//www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
          + "%3Crect width='16' height='16' rx='3' fill='%23654ff0'/%3E"
          + "%3Cpath d='M3 11V8M6.3 11V4M9.6 11V6M13 11V9' stroke='white' stroke-width='2'/%3E"
          + "%3C/svg%3E\"/>";

  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-"
          + digest(CSS)
          + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Style() {}

  private static String read() {
    try (InputStream in = Style.class.getResourceAsStream("status.css")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder().encodeToString(sha256.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
