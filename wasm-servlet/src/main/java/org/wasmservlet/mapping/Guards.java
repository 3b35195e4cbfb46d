package org.wasmservlet.mapping;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasmservlet.container.SecurityConstraints;

/**
 * What stands before the paths of a web application: security constraints and filters. A client's
 * request passes them; what a route makes of it for another path does not. Thread-safe.
 */
public final class Guards {
  /** Filters that containers add to each web application; they take part in WebSockets alone. */
  private static final Set<String> HARMLESS =
      Set.of(
          "org.apache.tomcat.websocket.server.WsFilter",
          "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter");

  private final RouteOwner owner;

  /**
   * Makes those of a web application.
   *
   * @param owner who asks; if it is a filter, that one is none of them
   */
  public Guards(RouteOwner owner) {
    this.owner = owner;
  }

  /**
   * Whether anything stands before a path.
   *
   * @param path from the web application's root, decoded
   * @param request any request for the web application
   */
  public boolean standBefore(String path, HttpServletRequest request) {
    List<String> patterns = patterns(request);
    return patterns == null || ServletPath.matchesAny(path, patterns);
  }

  /**
   * Whether anything stands before a path that a request for another one has not passed.
   *
   * @param path from the web application's root, decoded
   * @param passed that of the request
   * @param request which
   */
  public boolean standBefore(String path, String passed, HttpServletRequest request) {
    List<String> patterns = patterns(request);
    if (patterns != null) {
      patterns.removeIf(pattern -> ServletPath.matchesAny(passed, List.of(pattern)));
    }
    return patterns == null || ServletPath.matchesAny(path, patterns);
  }

  /** Theirs; null if the container does not let them be known. */
  private List<String> patterns(HttpServletRequest request) {
    List<String> constrained = SecurityConstraints.patterns(request);
    if (constrained == null) {
      return null;
    }
    List<String> patterns = new ArrayList<>(constrained);
    for (Map.Entry<String, ? extends FilterRegistration> entry :
        owner.context().getFilterRegistrations().entrySet()) {
      FilterRegistration filter = entry.getValue();
      boolean own = owner.isFilter() && entry.getKey().equals(owner.name());
      if (!own && !HARMLESS.contains(filter.getClassName())) {
        // Its dispatcher types cannot be asked for: each may be one for REQUEST alone.
        patterns.addAll(filter.getUrlPatternMappings());
        if (!filter.getServletNameMappings().isEmpty()) {
          // Which servlet would be asked is the container's to say.
          patterns.add("/*");
        }
      }
    }
    return patterns;
  }
}
