package org.wasmservlet.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The small guests in src/test/resources/guests. */
final class Guests {
  private Guests() {}

  static Path path(String name) {
    try {
      return Path.of(Guests.class.getResource("/guests/" + name + ".wasm").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(String name) {
    try (InputStream in = Guests.class.getResourceAsStream("/guests/" + name + ".wasm")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
