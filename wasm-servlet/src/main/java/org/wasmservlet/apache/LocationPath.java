package org.wasmservlet.apache;

import java.util.Arrays;

/** The path of a {@code <Location>}. */
final class LocationPath {
  /** What is a wildcard to httpd, or would mean something else in a URL pattern or a URL. */
  private static final String UNSUPPORTED = "*?[]\\;%#\"";

  private LocationPath() {}

  /**
   * Checks a path and drops the slash at its end.
   *
   * @throws IllegalArgumentException if it is not one plain path; the message says why
   */
  static String of(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path must begin with a slash");
    }
    boolean unsupported =
        path.chars().anyMatch(c -> UNSUPPORTED.indexOf(c) >= 0 || Character.isISOControl(c));
    if (unsupported) {
      throw new IllegalArgumentException(
          "the path must be one plain path, decoded, without wildcards");
    }
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean odd =
        Arrays.stream(plain.split("/", -1))
            .skip(1)
            .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
    if (odd) {
      throw new IllegalArgumentException("the path must have no empty names and no dots for names");
    }
    return plain;
  }
}
