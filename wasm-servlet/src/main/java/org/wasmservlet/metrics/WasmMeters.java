package org.wasmservlet.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.ServletContext;
import org.wasmservlet.measure.RouteRegistry;

/**
 * Shows the routes of a web application, its modules and the memory of its programs to Micrometer:
 *
 * <pre>{@code
 * public void contextInitialized(ServletContextEvent event) {
 *   WasmMeters.of(event.getServletContext()).bindTo(registry);
 * }
 * }</pre>
 *
 * <p>Meters read counters that are there in any case: requests cost nothing more. Routes that begin
 * later are bound then, and whatever belongs to a route goes with it. Nothing else of this library
 * refers to this class, so that Micrometer need not be there. Thread-safe.
 *
 * <p>All meters have the tags {@code host} and {@code context}, those of a route also {@code route}
 * and {@code kind}; docs/operating.md lists them.
 */
public final class WasmMeters implements MeterBinder {
  private final RouteRegistry routes;

  private WasmMeters(RouteRegistry routes) {
    this.routes = routes;
  }

  /**
   * The meters of a web application.
   *
   * @param context of the web application
   * @return a binder for as many registries as are wanted
   */
  public static WasmMeters of(ServletContext context) {
    return new WasmMeters(RouteRegistry.of(context));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    routes.observe(new BoundMeters(registry));
  }
}
