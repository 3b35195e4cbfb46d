package org.wasmservlet.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.measure.FixedLoad;
import org.wasmservlet.measure.FixedModule;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.metrics.MemoryBudgetMXBean;
import org.wasmservlet.metrics.ModuleCacheMXBean;
import org.wasmservlet.metrics.RouteMXBean;

class JmxBeansTest {
  private static final String ROUTE = "org.wasmservlet:type=Route,host=localhost,context=";

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final JmxBeans beans = new JmxBeans(() -> server);

  @Test
  void showsWhatARouteDoes() throws Exception {
    RouteMetrics metrics = route(false, "php", "/shop");
    beans.added(metrics);
    MeasuredRequest request = metrics.begin("GET", "/shop");
    request.runs();
    request.ran(1_500_000, 2_000_000, 65536, false);
    request.fails(RequestOutcome.TRAP, "unreachable");
    request.end();
    RouteMXBean bean =
        JMX.newMXBeanProxy(server, new ObjectName(ROUTE + "/shop,servlet=php"), RouteMXBean.class);
    assertThat(bean.getModule()).isEqualTo("/srv/x.wasm");
    assertThat(bean.getState()).isEqualTo("ready");
    assertThat(bean.getRequests()).isEqualTo(1);
    assertThat(bean.getTraps()).isEqualTo(1);
    assertThat(bean.getRuns()).isEqualTo(1);
    assertThat(bean.getInstantiationTimeMillis()).isEqualTo(1.5);
    assertThat(bean.getGuestTimeMillis()).isEqualTo(2);
    assertThat(bean.getMemoryHighWaterMark()).isEqualTo(65536);
    assertThat(bean.getMaxRunning()).isEqualTo(8);
    assertThat(bean.getLatencyMillis99()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void everyOutcomeHasAnAttributeAndTheyAddUp() throws Exception {
    RouteMetrics metrics = route(false, "php", "/shop");
    beans.added(metrics);
    for (RequestOutcome outcome : RequestOutcome.values()) {
      MeasuredRequest request = metrics.begin("GET", "/");
      request.fails(outcome, null);
      request.end();
    }
    RouteMXBean bean =
        JMX.newMXBeanProxy(server, new ObjectName(ROUTE + "/shop,servlet=php"), RouteMXBean.class);
    assertThat(
            new long[] {
              bean.getSuccesses(),
              bean.getExitFailures(),
              bean.getTraps(),
              bean.getTimeouts(),
              bean.getOutputsExceeded(),
              bean.getBadResponses(),
              bean.getBodiesTooLarge(),
              bean.getBadRequests(),
              bean.getRefusals(),
              bean.getMemoryRefusals(),
              bean.getClientsGone(),
              bean.getInterruptions(),
              bean.getHostFailures()
            })
        .hasSameSizeAs(RequestOutcome.values())
        .containsOnly(1);
    assertThat(bean.getRequests()).isEqualTo(RequestOutcome.values().length);
  }

  @Test
  void isThereFromTheFirstRouteToTheLast() throws Exception {
    RouteMetrics servlet = route(false, "a", "");
    RouteMetrics filter = route(true, "a", "");
    beans.added(servlet);
    beans.added(filter);
    assertThat(names())
        .containsExactly(
            "org.wasmservlet:type=MemoryBudget,host=localhost,context=/",
            "org.wasmservlet:type=ModuleCache,host=localhost,context=/",
            ROUTE + "/,filter=a",
            ROUTE + "/,servlet=a");
    ModuleCacheMXBean cache =
        JMX.newMXBeanProxy(
            server,
            new ObjectName("org.wasmservlet:type=ModuleCache,host=localhost,context=/"),
            ModuleCacheMXBean.class);
    assertThat(cache.getModules()).isGreaterThanOrEqualTo(0);
    assertThat(cache.getPreparedLoads()).isLessThanOrEqualTo(cache.getLoads());
    MemoryBudgetMXBean memory =
        JMX.newMXBeanProxy(
            server,
            new ObjectName("org.wasmservlet:type=MemoryBudget,host=localhost,context=/"),
            MemoryBudgetMXBean.class);
    assertThat(memory.getLimit()).isPositive();
    assertThat(memory.getGuaranteed()).isBetween(0L, memory.getLimit() / 2);
    beans.removed(servlet);
    assertThat(names()).hasSize(3);
    beans.removed(filter);
    assertThat(names()).isEmpty();
  }

  @Test
  void quotesWhatWouldNotBeAName() throws Exception {
    RouteMetrics odd = route(false, "a,b=\"*?\"\n:c", "/x=y,*");
    beans.added(odd);
    assertThat(names()).hasSize(3).last().asString().contains("context=\"/x=y,\\*\"");
    beans.removed(odd);
    assertThat(names()).isEmpty();
  }

  @Test
  void numbersASecondOfTheSameName() throws Exception {
    JmxBeans others = new JmxBeans(() -> server);
    RouteMetrics first = route(false, "a", "/x");
    RouteMetrics second = route(false, "a", "/x");
    beans.added(first);
    others.added(second);
    assertThat(names()).contains(ROUTE + "/x,servlet=a", ROUTE + "/x,servlet=a,instance=2");
    beans.removed(first);
    assertThat(names()).contains(ROUTE + "/x,servlet=a,instance=2").hasSize(3);
    others.removed(second);
    assertThat(names()).isEmpty();
  }

  @Test
  void doesWithoutWhereItIsForbidden() {
    JmxBeans forbidden =
        new JmxBeans(
            () -> {
              throw new SecurityException("no");
            });
    RouteMetrics route = route(false, "a", "/x");
    assertThatCode(
            () -> {
              forbidden.added(route);
              forbidden.removed(route);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void usesThePlatformsServer() throws Exception {
    RouteMetrics route = route(false, "a", "/platform");
    JmxBeans platform = new JmxBeans();
    platform.added(route);
    ObjectName name = new ObjectName(ROUTE + "/platform,servlet=a");
    assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name)).isTrue();
    platform.removed(route);
    assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name)).isFalse();
  }

  private Set<String> names() throws Exception {
    Set<String> names = new TreeSet<>();
    for (ObjectName name : server.queryNames(new ObjectName("org.wasmservlet:*"), null)) {
      names.add(name.toString());
    }
    return names;
  }

  private static RouteMetrics route(boolean isFilter, String name, String contextPath) {
    return new RouteMetrics(
        new RouteIdentity(
            isFilter,
            name,
            "localhost",
            contextPath,
            List.of("/r"),
            FixedModule.ready("/srv/x.wasm")),
        WasmLimits.DEFAULT,
        new FixedLoad(8));
  }
}
