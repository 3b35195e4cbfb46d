package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Docker's configuration of the user who runs the tests, by their environment. */
final class DockerFiles implements BeforeEachCallback, AfterEachCallback {
  private final Path directory = Path.of(System.getenv("DOCKER_CONFIG"));

  Path file() {
    return directory.resolve("config.json");
  }

  void configuration(String json) throws IOException {
    Files.writeString(file(), json);
  }

  static String auth(String host, String credentials) {
    return "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
        .formatted(host, Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
  }

  /** As a login with a browser leaves it. */
  static String identity(String host, String token) {
    return "{\"auths\":{\"%s\":{\"auth\":\"%s\",\"identitytoken\":\"%s\"}}}"
        .formatted(host, Base64.getEncoder().encodeToString("nobody:".getBytes(UTF_8)), token);
  }

  /** Makes a program of a shell script. */
  void helper(String name, String script) throws IOException {
    Path program = directory.resolve("docker-credential-" + name);
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    Files.createDirectories(directory);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
