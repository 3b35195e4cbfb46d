package org.wasmservlet.cgi;

import java.util.Locale;
import java.util.Set;

/**
 * Where a guest's local redirect leads (RFC 3875, section 6.2.2), if that is beyond doubt.
 *
 * @param uri from the server's root, encoded, without a query
 * @param path from the web application's root, decoded
 * @param query not decoded, or null
 */
public record LocalRedirect(String uri, String path, String query) {
  private static final Set<String> CONTAINER_DIRECTORIES = Set.of("web-inf", "meta-inf");

  /**
   * Reads a location.
   *
   * @param location a path on this server, perhaps with a query
   * @param contextPath of the web application
   * @return null where it could lead elsewhere than a client's request: into another application,
   *     WEB-INF, or wherever a container may take dots, parameters, empty parts and odd characters
   *     to lead
   */
  public static LocalRedirect of(String location, String contextPath) {
    int question = location.indexOf('?');
    String uri = question < 0 ? location : location.substring(0, question);
    String query = question < 0 ? null : location.substring(question + 1);
    if (!location.startsWith(contextPath + "/") || !isPrintableAscii(location)) {
      return null;
    }
    String path = PercentCoding.decode(uri.substring(contextPath.length()));
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      if (isSuspicious(segments[i]) || segments[i].isEmpty() && i < segments.length - 1) {
        return null;
      }
    }
    return new LocalRedirect(uri, path, query);
  }

  /** A fragment is the client's business, and so is what no client would send as it is. */
  private static boolean isPrintableAscii(String location) {
    return location.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
  }

  private static boolean isSuspicious(String segment) {
    return segment.equals(".")
        || segment.equals("..")
        || segment.indexOf(';') >= 0
        || segment.indexOf('\\') >= 0
        || segment.indexOf('%') >= 0
        || segment.indexOf('\ufffd') >= 0
        || !Grammar.isFieldValue(segment)
        || CONTAINER_DIRECTORIES.contains(segment.toLowerCase(Locale.ROOT).strip());
  }
}
