package org.wasmservlet.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.measure.FixedLoad;
import org.wasmservlet.measure.FixedModule;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.metrics.RouteMXBean;

class JmxRoutesTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();

  @Test
  void findsTheRoutesOfAllWebApplicationsUnderTheirOwnNames() throws Exception {
    add(false, "b", "/x");
    add(true, "a", "/x");
    add(false, "odd,=\"*?:", "");
    assertThat(JmxRoutes.all(server))
        .extracting(
            VisibleRoute::host, VisibleRoute::contextPath, VisibleRoute::kind, VisibleRoute::name)
        .containsExactly(
            tuple("localhost", "", "servlet", "odd,=\"*?:"),
            tuple("localhost", "/x", "servlet", "b"),
            tuple("localhost", "/x", "filter", "a"));
  }

  @Test
  void tellsOfARouteOfOthersWhatItsOwnPageWouldTell() throws Exception {
    RouteMetrics route = add(false, "a", "/x");
    MeasuredRequest running = route.begin("GET", "/running");
    running.runs();
    for (int i = 0; i < 3; i++) {
      MeasuredRequest failed = route.begin("GET", "/failed?secret");
      failed.runs();
      failed.ran(2_000_000, 3_000_000, 65536, false);
      failed.fails(RequestOutcome.TRAP, "unreachable");
      failed.end();
    }
    RouteMXBean own = VisibleRoute.of(route).bean();
    RouteMXBean others = JmxRoutes.all(server).get(0).bean();
    assertThat(others.getPatterns()).containsExactly("/a");
    assertThat(others.getOutcomes()).isEqualTo(own.getOutcomes()).containsEntry("trap", 3L);
    assertThat(others.getMemoryLimit()).isEqualTo(WasmLimits.DEFAULT.memory());
    assertThat(others.getTimeoutMillis()).isEqualTo(30_000);
    assertThat(others.getLatencyMillisLeast()).isEqualTo(own.getLatencyMillisLeast()).isPositive();
    assertThat(others.getLatencyMillisMost()).isEqualTo(own.getLatencyMillisMost());
    assertThat(others.getLatencyBuckets())
        .extracting(b -> b.getFromMicros(), b -> b.getToMicros(), b -> b.getCount())
        .containsExactlyElementsOf(
            own.getLatencyBuckets().stream()
                .map(b -> tuple(b.getFromMicros(), b.getToMicros(), b.getCount()))
                .toList());
    assertThat(others.getRunningRequests())
        .singleElement()
        .satisfies(request -> assertThat(request.getRequest()).isEqualTo("GET /running"))
        .satisfies(request -> assertThat(request.getAgeMillis()).isNotNegative());
    assertThat(others.getRecentFailures())
        .hasSize(3)
        .allSatisfy(
            failure -> {
              assertThat(failure.getOutcome()).isEqualTo("trap");
              assertThat(failure.getMessage()).isEqualTo("unreachable");
              assertThat(failure.getAt()).endsWith("Z");
            });
  }

  @Test
  void aRouteThatHasGoneThrowsWhenItIsRead() throws Exception {
    RouteMetrics route = route(false, "a", "/x");
    JmxBeans beans = new JmxBeans(() -> server);
    beans.added(route);
    List<VisibleRoute> routes = JmxRoutes.all(server);
    beans.removed(route);
    assertThatThrownBy(() -> routes.get(0).bean().getState()).isInstanceOf(RuntimeException.class);
  }

  private RouteMetrics add(boolean isFilter, String name, String contextPath) {
    RouteMetrics route = route(isFilter, name, contextPath);
    new JmxBeans(() -> server).added(route);
    return route;
  }

  private static RouteMetrics route(boolean isFilter, String name, String contextPath) {
    return new RouteMetrics(
        new RouteIdentity(
            isFilter,
            name,
            "localhost",
            contextPath,
            List.of("/a"),
            FixedModule.ready("/srv/x.wasm")),
        WasmLimits.DEFAULT,
        new FixedLoad(8));
  }
}
