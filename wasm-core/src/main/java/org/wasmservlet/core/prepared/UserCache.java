package org.wasmservlet.core.prepared;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where a system's programs keep for a user what they could make anew: on Linux what the XDG Base
 * Directory Specification says.
 */
public final class UserCache {
  private UserCache() {}

  /**
   * The folder of the user who runs this process.
   *
   * @return an absolute path; there need be nothing
   */
  public static Path folder() {
    return folder(System.getProperty("os.name"), System.getProperty("user.home"), System.getenv());
  }

  static Path folder(String system, String home, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    Path own = Path.of(home).toAbsolutePath();
    if (name.startsWith("windows")) {
      return chosen(environment.get("LOCALAPPDATA"), own.resolve("AppData/Local"));
    }
    return name.startsWith("mac")
        ? own.resolve("Library/Caches")
        : chosen(environment.get("XDG_CACHE_HOME"), own.resolve(".cache"));
  }

  /** A relative path is to be passed over, says the specification. */
  private static Path chosen(String value, Path otherwise) {
    return value != null && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
  }
}
