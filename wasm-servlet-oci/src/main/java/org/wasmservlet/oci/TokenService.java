package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.wasmservlet.core.reference.Answer;
import org.wasmservlet.core.reference.Transfer;

/**
 * What gives tokens for a registry (the Distribution project's "Token Authentication"): to
 * everybody, for a user name and a password, or for an identity token. For one fetch.
 */
final class TokenService {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int BAD_REQUEST = 400;
  private static final int LARGEST_TOKEN = 1 << 20;
  private static final String CLIENT = "wasm-servlet";

  private final OciReference reference;
  private final Transfer transfer;
  private final Path config;

  /**
   * Names it.
   *
   * @param config where credentials are from
   */
  TokenService(OciReference reference, Transfer transfer, Path config) {
    this.reference = reference;
    this.transfer = transfer;
    this.config = config;
  }

  /** Without credentials it is a token for what everybody may have. */
  String token(Challenge challenge, Optional<Credentials> credentials) throws IOException {
    String realm = realm(challenge.parameters());
    String wanted = wanted(challenge.parameters());
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    boolean isIdentity = credentials.isPresent() && credentials.get().isIdentity();
    URI uri = address(isIdentity ? realm : realm + (realm.indexOf('?') < 0 ? '?' : '&') + wanted);
    Answer answer =
        isIdentity
            ? transfer.post(uri, grant(wanted, credentials.get()), LARGEST_TOKEN, content)
            : transfer.get(
                new Transfer.Request(
                    uri,
                    credentials
                        .map(known -> Map.of("Authorization", known.basic()))
                        .orElse(Map.of())),
                LARGEST_TOKEN,
                content);
    requireGiven(uri, answer, credentials.isPresent(), isIdentity);
    return read(uri, content.toByteArray());
  }

  /** OAuth 2.0, 6: "Refreshing an Access Token". */
  private static String grant(String wanted, Credentials identity) {
    return "grant_type=refresh_token&client_id="
        + CLIENT
        + "&"
        + wanted
        + "&refresh_token="
        + encoded(identity.secret());
  }

  private void requireGiven(URI uri, Answer answer, boolean hasCredentials, boolean isIdentity)
      throws IOException {
    int status = answer.status();
    if (status == UNAUTHORIZED || status == FORBIDDEN || isIdentity && status == BAD_REQUEST) {
      throw new IOException(
          "the registry "
              + reference.host()
              + " gives no token: "
              + uri.getHost()
              + " answers with status "
              + status
              + (hasCredentials
                  ? ", though it was told the credentials that "
                  : " without those that ")
              + config
              + " has or names");
    }
    answer.requireOk();
  }

  private static String read(URI uri, byte[] content) throws IOException {
    JsonObject json = Json.object(content, "the token of " + uri.getHost());
    String token = Json.text(json, "token");
    String given = token == null || token.isEmpty() ? Json.text(json, "access_token") : token;
    if (given == null || !given.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IOException(uri.getHost() + " gives no token that can be used");
    }
    return given;
  }

  private String realm(Map<String, String> parameters) throws IOException {
    String realm = parameters.getOrDefault("realm", "");
    if (!realm.startsWith("https://") && !(reference.isPlain() && realm.startsWith("http://"))) {
      throw new IOException(
          "the registry " + reference.host() + " has tokens given by what is not had by https");
    }
    return realm;
  }

  /** As a query or a form has it. */
  private String wanted(Map<String, String> parameters) {
    String scope =
        parameters.getOrDefault("scope", "repository:" + reference.repository() + ":pull");
    String service = parameters.get("service");
    return "scope=" + encoded(scope) + (service == null ? "" : "&service=" + encoded(service));
  }

  private URI address(String text) throws IOException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the registry " + reference.host() + " has tokens given by what is no address", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
