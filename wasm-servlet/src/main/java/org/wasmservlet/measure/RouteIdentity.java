package org.wasmservlet.measure;

import jakarta.servlet.ServletContext;
import java.util.List;

/**
 * Which route it is. Immutable.
 *
 * @param isFilter whether it is a filter, else a servlet
 * @param name the servlet's or filter's name
 * @param host the container's name for the virtual host, not empty
 * @param contextPath of the web application, as requests have it; empty for the root
 * @param patterns the URL patterns that it is mapped to
 * @param module that it runs
 */
public record RouteIdentity(
    boolean isFilter,
    String name,
    String host,
    String contextPath,
    List<String> patterns,
    RouteModule module) {

  /**
   * Copies the patterns.
   *
   * @param isFilter whether it is a filter, else a servlet
   * @param name the servlet's or filter's name
   * @param host the container's name for the virtual host, not empty
   * @param contextPath of the web application
   * @param patterns the URL patterns
   * @param module that it runs
   */
  public RouteIdentity {
    patterns = List.copyOf(patterns);
  }

  /**
   * The name of a web application's virtual host.
   *
   * @param context of the web application
   * @return what the container calls it, or {@code default} where it has no name for it
   */
  public static String hostOf(ServletContext context) {
    String host = context.getVirtualServerName();
    return host == null || host.isEmpty() ? "default" : host;
  }

  /**
   * What the route is declared as.
   *
   * @return {@code servlet} or {@code filter}
   */
  public String kind() {
    return isFilter ? "filter" : "servlet";
  }
}
