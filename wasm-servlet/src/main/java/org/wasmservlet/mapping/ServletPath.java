package org.wasmservlet.mapping;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.MappingMatch;
import java.util.Collection;
import java.util.List;
import org.wasmservlet.cgi.PercentCoding;

/**
 * How a container would divide a path between a servlet's mapping and the rest (Servlet 6.0,
 * section 12).
 *
 * @param servletPath decoded
 * @param pathInfo decoded, or null
 * @param match by what kind of pattern
 * @param pattern which one
 */
public record ServletPath(String servletPath, String pathInfo, MappingMatch match, String pattern) {

  /**
   * Divides a path.
   *
   * @param target a path from the web application's root, encoded, perhaps with a query
   * @param owner whose patterns count
   * @return null if none of them matches, as for every filter
   */
  public static ServletPath of(String target, RouteOwner owner) {
    int question = target.indexOf('?');
    String path = PercentCoding.decode(question < 0 ? target : target.substring(0, question));
    return best(path, owner.isFilter() ? List.of() : owner.patterns());
  }

  /**
   * Divides a path by the pattern that has it.
   *
   * @param path from the web application's root, decoded
   * @param patterns of one servlet
   * @return null if none of them matches
   */
  public static ServletPath best(String path, Collection<String> patterns) {
    ServletPath best = null;
    for (String pattern : patterns) {
      ServletPath found = match(path, pattern);
      if (found != null && (best == null || found.isBetterThan(best))) {
        best = found;
      }
    }
    return best;
  }

  /**
   * Tells whether a filter or a constraint of these patterns has a path.
   *
   * @param path from the web application's root, decoded
   * @param patterns of either; one of a kind that is not known has every path
   */
  public static boolean matchesAny(String path, Collection<String> patterns) {
    for (String pattern : patterns) {
      boolean known = pattern.isEmpty() || pattern.startsWith("/") || pattern.startsWith("*.");
      if (!known || match(path, pattern) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Of what a filter takes for itself: no servlet but the one that shows files need be mapped to
   * it.
   *
   * @param path from the web application's root, decoded
   */
  public static ServletPath ofAFile(String path) {
    return new ServletPath(path, null, MappingMatch.DEFAULT, "/");
  }

  private static ServletPath match(String path, String pattern) {
    if (pattern.isEmpty() && path.equals("/")) {
      return new ServletPath("", path, MappingMatch.CONTEXT_ROOT, pattern);
    }
    if (pattern.equals(path)) {
      return new ServletPath(path, null, MappingMatch.EXACT, pattern);
    }
    if (pattern.equals("/")) {
      return new ServletPath(path, null, MappingMatch.DEFAULT, pattern);
    }
    if (pattern.endsWith("/*")) {
      String prefix = pattern.substring(0, pattern.length() - 2);
      if (path.equals(prefix)) {
        return new ServletPath(prefix, null, MappingMatch.PATH, pattern);
      }
      return path.startsWith(prefix + "/")
          ? new ServletPath(prefix, path.substring(prefix.length()), MappingMatch.PATH, pattern)
          : null;
    }
    return pattern.startsWith("*.") && path.endsWith(pattern.substring(1))
        ? new ServletPath(path, null, MappingMatch.EXTENSION, pattern)
        : null;
  }

  /** An exact pattern before the longest prefix, that before a suffix, that before the default. */
  public boolean isBetterThan(ServletPath other) {
    int difference = rank() - other.rank();
    return difference > 0 || difference == 0 && pattern.length() > other.pattern.length();
  }

  private int rank() {
    return switch (match) {
      case EXACT, CONTEXT_ROOT -> 3;
      case PATH -> 2;
      case EXTENSION -> 1;
      default -> 0;
    };
  }

  /**
   * As a request tells it.
   *
   * @param servletName whose mapping it is
   * @return the mapping
   */
  public HttpServletMapping mapping(String servletName) {
    return new Mapping(match, pattern, servletName);
  }

  private record Mapping(MappingMatch match, String pattern, String servletName)
      implements HttpServletMapping {
    @Override
    public String getMatchValue() {
      return "";
    }

    @Override
    public String getPattern() {
      return pattern;
    }

    @Override
    public String getServletName() {
      return servletName;
    }

    @Override
    public MappingMatch getMappingMatch() {
      return match;
    }
  }
}
