package org.wasmservlet.boot.route;

import java.nio.file.Path;
import org.wasmservlet.core.prepared.UserCache;

/**
 * Where an application's compiled modules outlive it: in the cache directory of the user who runs
 * it, for what is there is code, and nobody else may write it.
 */
final class CacheFolder {
  private static final String NAME = "wasm-servlet";
  private static final String NAMELESS = "application";

  private CacheFolder() {}

  /**
   * The folder of an application.
   *
   * @param application {@code spring.application.name}, or null
   * @return an absolute path; there need be nothing
   */
  static Path of(String application) {
    return UserCache.folder().resolve(NAME).resolve(fileName(application));
  }

  private static String fileName(String application) {
    String plain = application == null ? "" : application.replaceAll("[^A-Za-z0-9_-]+", "-");
    return plain.isEmpty() ? NAMELESS : plain;
  }
}
