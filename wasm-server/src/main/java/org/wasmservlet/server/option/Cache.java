package org.wasmservlet.server.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.wasmservlet.core.prepared.CacheFolder;

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
      return usersFolder().resolve(NAME).toString();
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

  /** Where programs of this system keep what they could make anew. */
  private static Path usersFolder() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    Path home = Path.of(System.getProperty("user.home")).toAbsolutePath();
    if (system.startsWith("windows")) {
      return absolute("LOCALAPPDATA", home.resolve("AppData/Local"));
    }
    return system.startsWith("mac")
        ? home.resolve("Library/Caches")
        : absolute("XDG_CACHE_HOME", home.resolve(".cache"));
  }

  private static Path absolute(String variable, Path otherwise) {
    String value = System.getenv(variable);
    return value != null && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
  }
}
