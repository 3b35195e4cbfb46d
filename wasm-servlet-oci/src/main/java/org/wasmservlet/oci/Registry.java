package org.wasmservlet.oci;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.wasmservlet.core.reference.Answer;
import org.wasmservlet.core.reference.Transfer;

/**
 * A repository in a registry, of which things are asked (OCI Distribution Specification, "Pull").
 * Who asks is told when the registry wants to know, by the token of its own service or by a
 * password. For one fetch.
 */
final class Registry {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int LARGEST_DESCRIPTION = 4 << 20;

  private final OciReference reference;
  private final Transfer transfer;
  private final DockerConfig config;

  /** The value of Authorization; null until the registry has asked for one. */
  private String authorization;

  private boolean hasCredentials;

  Registry(OciReference reference, Transfer transfer, DockerConfig config) {
    this.reference = reference;
    this.transfer = transfer;
    this.config = config;
  }

  /** A manifest or an index, by a tag or by its digest, which is not compared. */
  byte[] description(String name) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    get("manifests/" + name, Description.MEDIA_TYPES, LARGEST_DESCRIPTION, content);
    return content.toByteArray();
  }

  /** Writes what a descriptor refers to, which is not compared. */
  void blob(Descriptor descriptor, OutputStream content) throws IOException {
    if (descriptor.size() > transfer.mostBytes()) {
      throw new IOException(
          "the module has "
              + descriptor.size()
              + " bytes, and the limit is "
              + transfer.mostBytes());
    }
    get("blobs/" + descriptor.digest(), "*/*", descriptor.size(), content);
  }

  private void get(String path, String accept, long mostBytes, OutputStream content)
      throws IOException {
    URI uri = URI.create(reference.base() + path);
    Answer answer = transfer.get(request(uri, accept), mostBytes, content);
    if (answer.status() == UNAUTHORIZED && isFrom(uri, answer) && authorization == null) {
      authorization = authorize(answer);
      answer = transfer.get(request(uri, accept), mostBytes, content);
    }
    switch (answer.status()) {
      case UNAUTHORIZED, FORBIDDEN ->
          throw new IOException(
              "the registry "
                  + reference.host()
                  + " refuses it with status "
                  + answer.status()
                  + (hasCredentials
                      ? ", though it was told the credentials that "
                      : "; there are no credentials for it that ")
                  + config.file()
                  + " has or names");
      case NOT_FOUND ->
          throw new IOException(
              "the registry "
                  + reference.host()
                  + " has no "
                  + path
                  + " in "
                  + reference.repository());
      default -> answer.requireOk();
    }
  }

  private Transfer.Request request(URI uri, String accept) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", accept);
    if (authorization != null) {
      headers.put("Authorization", authorization);
    }
    return new Transfer.Request(uri, headers);
  }

  /** Whoever is asked in the registry's place is told nothing. */
  private static boolean isFrom(URI asked, Answer answer) {
    return asked.getAuthority().equals(answer.from().getAuthority());
  }

  private String authorize(Answer answer) throws IOException {
    Challenge challenge =
        Challenge.of(answer.header("www-authenticate"))
            .orElseThrow(
                () ->
                    new IOException(
                        "the registry "
                            + reference.host()
                            + " wants to know who asks, and by neither a token nor a password"));
    Optional<Credentials> credentials = config.of(reference.host());
    hasCredentials = credentials.isPresent();
    if (challenge.scheme().equals("bearer")) {
      return "Bearer "
          + new TokenService(reference, transfer, config.file()).token(challenge, credentials);
    }
    if (credentials.isPresent() && credentials.get().isIdentity()) {
      throw new IOException(
          "the registry "
              + reference.host()
              + " wants a user name and a password, and "
              + config.file()
              + " has or names an identity token for it");
    }
    return credentials
        .map(Credentials::basic)
        .orElseThrow(
            () ->
                new IOException(
                    "the registry "
                        + reference.host()
                        + " wants a user name and a password, and there are none for it that "
                        + config.file()
                        + " has or names (docker login)"));
  }
}
