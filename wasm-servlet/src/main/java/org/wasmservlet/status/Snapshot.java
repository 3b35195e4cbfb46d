package org.wasmservlet.status;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.ModuleCacheStatistics;
import org.wasmservlet.jmx.VisibleRoute;
import org.wasmservlet.measure.RouteRegistry;

/**
 * What a status page is made of.
 *
 * @param host the container's name for the virtual host
 * @param contextPath of the web application; empty for the root
 * @param scope whose routes are shown
 * @param at when it was taken
 * @param since since when requests of the web application are counted
 * @param routes all that are in the scope
 * @param cache the modules that are loaded
 * @param files what modules are called
 * @param memoryReserved bytes that running programs have
 * @param memoryLimit bytes that they may have
 * @param memoryGuaranteed bytes of these that each route can count on
 * @param heapUsed bytes
 * @param heapLimit bytes
 */
record Snapshot(
    String host,
    String contextPath,
    Scope scope,
    Instant at,
    Instant since,
    List<RouteStatus> routes,
    ModuleCacheStatistics cache,
    FileLabels files,
    long memoryReserved,
    long memoryLimit,
    long memoryGuaranteed,
    long heapUsed,
    long heapLimit) {

  static Snapshot take(String host, String contextPath, Scope scope, RouteRegistry registry) {
    Runtime runtime = Runtime.getRuntime();
    List<RouteStatus> routes = read(scope.routes(registry));
    ModuleCacheStatistics cache = ModuleCache.shared().statistics();
    return new Snapshot(
        host,
        contextPath,
        scope,
        Instant.now(),
        registry.since(),
        routes,
        cache,
        labels(routes, cache),
        MemoryBudget.shared().reserved(),
        MemoryBudget.shared().limit(),
        MemoryBudget.shared().guaranteed(),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory());
  }

  /**
   * What a route's web application is called: its path, and its host where that is not this one.
   */
  String application(RouteStatus route) {
    String path = route.contextPath().isEmpty() ? "/" : route.contextPath();
    return route.host().equals(host) ? path : route.host() + path;
  }

  /** What a route is called beside others. */
  String title(RouteStatus route) {
    return scope == Scope.SERVER ? application(route) + " " + route.name() : route.name();
  }

  static FileLabels labels(List<RouteStatus> routes, ModuleCacheStatistics cache) {
    return new FileLabels(
        Stream.concat(
                routes.stream().map(RouteStatus::module),
                cache.modules().stream()
                    .flatMap(module -> module.files().stream())
                    .map(Path::toString))
            .toList());
  }

  private static List<RouteStatus> read(List<VisibleRoute> routes) {
    List<RouteStatus> read = new ArrayList<>();
    for (VisibleRoute route : routes) {
      try {
        read.add(RouteStatus.of(route));
      } catch (RuntimeException e) {
        // Its web application has just been stopped, or has another version of this library.
      }
    }
    return read;
  }
}
