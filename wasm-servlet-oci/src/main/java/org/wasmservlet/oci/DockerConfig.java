package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.wasmservlet.core.reference.UnreachableException;

/**
 * The credentials that {@code docker login} has kept for the user who runs the server: in the file
 * itself, or in a program that it names.
 */
final class DockerConfig {
  private static final long LONGEST = 1 << 20;

  private final Path file;
  private final CredentialHelper helper;

  DockerConfig(Path file, CredentialHelper helper) {
    this.file = file;
    this.helper = helper;
  }

  /**
   * Where Docker has it.
   *
   * @param environment of the process
   * @param home of its user
   */
  static Path file(Map<String, String> environment, String home) {
    String directory = environment.get("DOCKER_CONFIG");
    Path parent =
        directory == null || directory.isEmpty() ? Path.of(home, ".docker") : Path.of(directory);
    return parent.resolve("config.json");
  }

  /** The file, which need not be there. */
  Path file() {
    return file;
  }

  /**
   * What a registry is told.
   *
   * @param host its name, with a port if it has one
   * @return empty if there is nothing for it
   * @throws IOException if the file cannot be read, or the program fails; the message names it
   */
  Optional<Credentials> of(String host) throws IOException {
    JsonObject json = read();
    String own = Json.text(Json.member(json, "credHelpers"), host);
    if (own != null) {
      return ask(own, host);
    }
    for (Map.Entry<String, JsonElement> each : Json.member(json, "auths").entrySet()) {
      if (hostOf(each.getKey()).equals(host) && each.getValue().isJsonObject()) {
        Optional<Credentials> found = of(host, each.getValue().getAsJsonObject());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    String all = Json.text(json, "credsStore");
    return all == null || all.isEmpty() ? Optional.empty() : ask(all, host);
  }

  private Optional<Credentials> ask(String program, String server) throws IOException {
    try {
      return helper.get(program, server);
    } catch (UnreachableException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + " names a program that cannot be used: " + e.getMessage(), e);
    }
  }

  private JsonObject read() throws IOException {
    try {
      if (Files.size(file) > LONGEST) {
        throw new IOException("has more than " + LONGEST + " bytes");
      }
      return Json.object(Files.readAllBytes(file), "what is in it");
    } catch (NoSuchFileException e) {
      return new JsonObject();
    } catch (IOException e) {
      throw new IOException("the credentials in " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Some clients write an address. */
  private static String hostOf(String key) {
    String bare = key.replaceFirst("^https?://", "");
    int slash = bare.indexOf('/');
    return slash < 0 ? bare : bare.substring(0, slash);
  }

  private Optional<Credentials> of(String host, JsonObject entry) throws IOException {
    String token = Json.text(entry, "identitytoken");
    if (token != null && !token.isEmpty()) {
      return Optional.of(Credentials.ofIdentity(token));
    }
    String user = Json.text(entry, "username");
    String password = Json.text(entry, "password");
    String auth = Json.text(entry, "auth");
    if (auth == null || auth.isEmpty()) {
      return user == null || password == null
          ? Optional.empty()
          : Optional.of(new Credentials(user, password));
    }
    String decoded;
    try {
      decoded = new String(Base64.getDecoder().decode(auth), UTF_8);
    } catch (IllegalArgumentException e) {
      // Not the cause: it tells a character.
      throw new IOException(unusable(host));
    }
    int colon = decoded.indexOf(':');
    if (colon < 0) {
      throw new IOException(unusable(host));
    }
    return Optional.of(new Credentials(decoded.substring(0, colon), decoded.substring(colon + 1)));
  }

  private String unusable(String host) {
    return file + " has no user and password for " + host + " in base64, as docker login writes it";
  }
}
