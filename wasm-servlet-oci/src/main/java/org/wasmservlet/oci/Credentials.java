package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** A user's name and password, or a token in its place. Nothing tells it but the header. */
final class Credentials {
  private static final String IDENTITY = "<token>";

  private final String user;
  private final String secret;

  /**
   * Makes them.
   *
   * @param user a name, or {@value #IDENTITY} as Docker's programs say it: then the secret is an
   *     identity token
   */
  Credentials(String user, String secret) {
    this.user = user;
    this.secret = secret;
  }

  static Credentials ofIdentity(String token) {
    return new Credentials(IDENTITY, token);
  }

  /** Whether there is no password: for the secret, a registry's service gives tokens. */
  boolean isIdentity() {
    return user.equals(IDENTITY);
  }

  String secret() {
    return secret;
  }

  /** The value of Authorization. */
  String basic() {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(UTF_8));
  }
}
