package org.wasmservlet.root;

import java.util.Locale;
import java.util.Set;

/** Names in a request's path that mean something to a file system or a server. */
public final class FileNames {
  private static final Set<String> CONTAINER_DIRECTORIES = Set.of("web-inf", "meta-inf");

  private FileNames() {}

  /**
   * Names that no visitor needs: dot-files (.htaccess, .env, .git, and the dots that lead upwards)
   * and the container's own directories.
   */
  static boolean isHidden(String name) {
    return name.startsWith(".") && !name.equals(".well-known") || isContainers(name);
  }

  /** Whether it is one of the container's own directories. */
  static boolean isContainers(String name) {
    return CONTAINER_DIRECTORIES.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a name is spelled so that every file system takes it for that file and no other: some
   * take {@code NAME.}, {@code NAME } and {@code NAME::$DATA} for {@code NAME}.
   */
  public static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.endsWith(".")
        && !name.endsWith(" ")
        && name.chars()
            .noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
  }
}
