package org.wasmservlet.boot.actuate;

import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.wasmservlet.measure.RouteModule;

/**
 * For Spring Boot 3: down if a program could not be loaded, out of service while one is. What is
 * not to be loaded before a request wants it does no harm. Thread-safe.
 */
final class WasmBoot3HealthIndicator implements HealthIndicator {
  private final Routes routes;

  WasmBoot3HealthIndicator(Routes routes) {
    this.routes = routes;
  }

  @Override
  public Health health() {
    Map<String, RouteModule.State> states = routes.states();
    Health.Builder health = new Health.Builder();
    if (states.containsValue(RouteModule.State.FAILED)) {
      health.down();
    } else if (states.containsValue(RouteModule.State.LOADING)) {
      health.outOfService();
    } else {
      health.up();
    }
    states.forEach((route, state) -> health.withDetail(route, state.label()));
    return health.build();
  }
}
