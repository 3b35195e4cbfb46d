package org.wasmservlet.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.measure.FixedLoad;
import org.wasmservlet.measure.FixedModule;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.measure.RouteRegistry;

class WasmMetersTest {
  private final ServletContext context = contextWithAttributes();
  private final RouteRegistry routes = RouteRegistry.of(context);
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void showsRoutesOfBeforeAndAfterTheBinding() {
    RouteMetrics before = route("before");
    RouteMetrics after = route("after");
    routes.add(before);
    WasmMeters.of(context).bindTo(registry);
    routes.add(after);
    for (RouteMetrics route : new RouteMetrics[] {before, after}) {
      serve(route, RequestOutcome.TRAP);
      serve(route, RequestOutcome.SUCCESS);
      String name = route.identity().name();
      assertThat(counter("wasm.requests", name, "outcome", "trap")).isEqualTo(1);
      assertThat(counter("wasm.requests", name, "outcome", "timeout")).isZero();
      assertThat(counter("wasm.request.buckets", name, "le", "+Inf")).isEqualTo(2);
      assertThat(counter("wasm.request.buckets", name, "le", "33.554432")).isEqualTo(2);
      assertThat(counter("wasm.request.buckets", name, "le", "0.000256")).isBetween(0.0, 2.0);
      assertThat(registry.get("wasm.guest").tag("route", name).functionTimer().count())
          .isEqualTo(2);
      assertThat(
              registry
                  .get("wasm.guest")
                  .tag("route", name)
                  .functionTimer()
                  .totalTime(TimeUnit.MILLISECONDS))
          .isEqualTo(6);
      assertThat(registry.get("wasm.memory.peak").tag("route", name).gauge().value())
          .isEqualTo(65536);
      assertThat(registry.get("wasm.running.limit").tag("route", name).gauge().value())
          .isEqualTo(8);
    }
    routes.remove(before);
    routes.remove(after);
  }

  @Test
  void leavesNothingWhenTheRoutesHaveGone() {
    RouteMetrics one = route("one");
    RouteMetrics other = route("other");
    WasmMeters.of(context).bindTo(registry);
    assertThat(registry.getMeters()).isEmpty();
    routes.add(one);
    routes.add(other);
    assertThat(registry.get("wasm.memory.limit").tag("context", "/app").gauge().value())
        .isPositive();
    assertThat(registry.get("wasm.memory.guaranteed").gauge().value()).isGreaterThanOrEqualTo(0);
    assertThat(registry.get("wasm.modules").gauge().value()).isGreaterThanOrEqualTo(0);
    routes.remove(one);
    assertThat(registry.find("wasm.requests").tag("route", "one").meters()).isEmpty();
    assertThat(registry.find("wasm.requests").tag("route", "other").meters()).isNotEmpty();
    routes.remove(other);
    assertThat(registry.getMeters()).isEmpty();
  }

  private double counter(String name, String route, String tag, String value) {
    return registry.get(name).tag("route", route).tag(tag, value).functionCounter().count();
  }

  private static void serve(RouteMetrics route, RequestOutcome outcome) {
    MeasuredRequest request = route.begin("GET", "/");
    request.runs();
    request.ran(1_000_000, 3_000_000, 65536, false);
    request.fails(outcome, null);
    request.end();
  }

  private static RouteMetrics route(String name) {
    return new RouteMetrics(
        new RouteIdentity(
            false, name, "localhost", "/app", List.of("/r"), FixedModule.ready("/srv/x.wasm")),
        WasmLimits.DEFAULT,
        new FixedLoad(8));
  }

  private static ServletContext contextWithAttributes() {
    Map<Object, Object> attributes = new HashMap<>();
    return (ServletContext)
        Proxy.newProxyInstance(
            WasmMetersTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
