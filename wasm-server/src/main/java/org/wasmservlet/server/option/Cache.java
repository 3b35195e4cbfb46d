package org.wasmservlet.server.option;

import java.io.IOException;
import java.nio.file.Path;
import org.wasmservlet.core.prepared.CacheFolder;
import org.wasmservlet.core.prepared.UserCache;

/** The folder of compiled modules, which outlives a start. */
final class Cache {
  private static final String OPTION = "--cache";
  private static final String OFF = "Off";
  private static final String NAME = "wasm-server";

  private Cache() {}

  /**
   * Reads the option. Nobody has asked for the usual folder: where that cannot be used, a warning
   * will say so.
   *
   * @param value null if it is not there
   * @return an absolute path, or Off
   */
  static String of(String value) throws UsageException {
    if (value == null) {
      return UserCache.folder().resolve(NAME).toString();
    }
    if (value.equalsIgnoreCase(OFF)) {
      return OFF;
    }
    Path folder = Given.path(OPTION, value);
    try {
      CacheFolder.open(folder, Long.MAX_VALUE);
    } catch (IOException e) {
      throw new UsageException(OPTION, value, e.getMessage());
    }
    return folder.toString();
  }
}
