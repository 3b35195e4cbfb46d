package org.wasmservlet.boot.actuate;

import jakarta.servlet.ServletContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.measure.RouteModule;
import org.wasmservlet.measure.RouteRegistry;

/** The routes of the application, as far as their programs have come. Thread-safe. */
final class Routes {
  private final Supplier<ServletContext> context;

  Routes(Supplier<ServletContext> context) {
    this.context = context;
  }

  /** How all of them are. */
  RouteHealth health() {
    Map<String, RouteModule.State> states = new LinkedHashMap<>();
    for (RouteIdentity route : identities()) {
      states.put(route.name(), route.module().state());
    }
    return RouteHealth.of(states);
  }

  /** What each route is. */
  List<RouteIdentity> identities() {
    return RouteRegistry.of(context.get()).routes().stream().map(RouteMetrics::identity).toList();
  }
}
