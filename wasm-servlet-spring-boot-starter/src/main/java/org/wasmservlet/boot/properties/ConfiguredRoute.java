package org.wasmservlet.boot.properties;

import java.util.List;
import java.util.Map;

/**
 * A route as the application's properties describe it. Immutable.
 *
 * @param name by which it is written
 * @param patterns its URL patterns
 * @param initParams the directives as init-params
 * @param isFilter whether it is a filter, else a servlet
 * @param loadOnStartup of a servlet
 * @param isAsyncSupported whether what comes after it may be asynchronous
 * @param order of a filter
 */
public record ConfiguredRoute(
    String name,
    List<String> patterns,
    Map<String, String> initParams,
    boolean isFilter,
    int loadOnStartup,
    boolean isAsyncSupported,
    int order) {
  /**
   * Makes a route.
   *
   * @param name by which it is written
   * @param patterns its URL patterns; copied
   * @param initParams the directives as init-params; copied
   * @param isFilter whether it is a filter, else a servlet
   * @param loadOnStartup of a servlet
   * @param isAsyncSupported whether what comes after it may be asynchronous
   * @param order of a filter
   */
  public ConfiguredRoute {
    patterns = List.copyOf(patterns);
    initParams = Map.copyOf(initParams);
  }
}
