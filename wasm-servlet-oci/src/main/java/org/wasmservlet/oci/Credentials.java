package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** A user's name and password, or a token in its place. Nothing tells it but the header. */
final class Credentials {
  private final String user;
  private final String secret;

  Credentials(String user, String secret) {
    this.user = user;
    this.secret = secret;
  }

  /** The value of Authorization. */
  String basic() {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(UTF_8));
  }
}
