package org.wasmservlet.measure;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Which route it is. Immutable.
 *
 * @param isFilter whether it is a filter, else a servlet
 * @param name the servlet's or filter's name
 * @param host the container's name for the virtual host, not empty
 * @param contextPath of the web application, as requests have it; empty for the root
 * @param module tells the module's file
 */
public record RouteIdentity(
    boolean isFilter, String name, String host, String contextPath, Supplier<Path> module) {

  /**
   * What the route is declared as.
   *
   * @return {@code servlet} or {@code filter}
   */
  public String kind() {
    return isFilter ? "filter" : "servlet";
  }
}
