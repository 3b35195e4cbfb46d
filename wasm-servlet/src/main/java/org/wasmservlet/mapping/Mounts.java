package org.wasmservlet.mapping;

import jakarta.servlet.FilterRegistration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The parts of a web application that a filter is mapped to by prefix patterns, as {@code /blog}
 * for {@code /blog/*}; the longest first. Immutable.
 */
public final class Mounts {
  private static final String PREFIX_PATTERN_END = "/*";

  private final List<String> prefixes;

  private Mounts(List<String> prefixes) {
    this.prefixes = prefixes;
  }

  /**
   * Those of a filter before everything.
   *
   * @return one part, which is all
   */
  public static Mounts ofTheWholeApplication() {
    return new Mounts(List.of(""));
  }

  /**
   * Those that a filter is mapped to.
   *
   * @param filter which
   * @return its parts; none if it has no prefix pattern
   */
  public static Mounts of(RouteOwner filter) {
    FilterRegistration registration = filter.context().getFilterRegistration(filter.name());
    Collection<String> patterns =
        registration == null ? List.of() : registration.getUrlPatternMappings();
    return new Mounts(
        patterns.stream()
            .filter(pattern -> pattern.endsWith(PREFIX_PATTERN_END))
            .map(p -> p.substring(0, p.length() - PREFIX_PATTERN_END.length()))
            .sorted(Comparator.comparingInt(prefix -> -prefix.length()))
            .toList());
  }

  /** Whether every request passes the filter. */
  public boolean areTheWholeApplication() {
    return prefixes.contains("");
  }

  /** The part that a path, decoded and without the context path, is in; empty if in none. */
  public String of(String path) {
    for (String prefix : prefixes) {
      if (path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
        return prefix;
      }
    }
    return "";
  }
}
