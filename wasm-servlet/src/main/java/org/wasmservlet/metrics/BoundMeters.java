package org.wasmservlet.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteFreeze;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.measure.RouteRegistry;

/** The meters of one registry. Called under the lock of the routes' registry. */
final class BoundMeters implements RouteRegistry.Observer {
  private static final double NANOS_PER_SECOND = 1e9;

  /** A quarter of a millisecond and half a minute, as powers of two of a microsecond. */
  private static final int FIRST_BUCKET = 8;

  private static final int LAST_BUCKET = 25;

  private final MeterRegistry registry;
  private final Map<RouteMetrics, List<Meter>> routes = new IdentityHashMap<>();
  private List<Meter> shared = List.of();

  BoundMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void added(RouteMetrics route) {
    RouteIdentity identity = route.identity();
    // Prometheus takes an empty value for none.
    String context = identity.contextPath().isEmpty() ? "/" : identity.contextPath();
    Tags application = Tags.of("host", identity.host(), "context", context);
    if (routes.isEmpty()) {
      shared = shared(application);
    }
    routes.put(
        route, ofRoute(route, application.and("route", identity.name(), "kind", identity.kind())));
  }

  @Override
  public void removed(RouteMetrics route) {
    routes.remove(route).forEach(registry::remove);
    if (routes.isEmpty()) {
      shared.forEach(registry::remove);
      shared = List.of();
    }
  }

  private List<Meter> ofRoute(RouteMetrics route, Tags tags) {
    List<Meter> meters = new ArrayList<>();
    for (RequestOutcome outcome : RequestOutcome.values()) {
      meters.add(
          counter(
              "wasm.requests", route, r -> r.count(outcome), tags.and("outcome", outcome.key())));
    }
    meters.add(gauge("wasm.running", route, r -> r.load().running(), null, tags));
    meters.add(gauge("wasm.running.limit", route, r -> r.load().maxRunning(), null, tags));
    meters.add(gauge("wasm.queued", route, r -> r.load().queued(), null, tags));
    meters.add(gauge("wasm.queued.limit", route, r -> r.load().maxQueued(), null, tags));
    meters.add(counter("wasm.queue.seconds", route, r -> r.queueNanos() / NANOS_PER_SECOND, tags));
    meters.add(timer("wasm.instantiation", route, RouteMetrics::instantiationNanos, tags));
    meters.add(timer("wasm.guest", route, RouteMetrics::guestNanos, tags));
    meters.add(timer("wasm.request", route, RouteMetrics::tookNanos, tags));
    meters.add(counter("wasm.resumed", route, RouteMetrics::resumed, tags));
    meters.add(gauge("wasm.frozen", route, r -> freeze(r).since() == null ? 0 : 1, null, tags));
    meters.add(gauge("wasm.frozen.size", route, r -> freeze(r).bytes(), "bytes", tags));
    meters.add(gauge("wasm.memory.peak", route, RouteMetrics::peakMemory, "bytes", tags));
    for (int bucket = FIRST_BUCKET; bucket <= LAST_BUCKET; bucket++) {
      long micros = 1L << bucket;
      meters.add(
          counter(
              "wasm.request.buckets",
              route,
              r -> r.latencies().atMost(micros),
              tags.and("le", BigDecimal.valueOf(micros, 6).toPlainString())));
    }
    meters.add(
        counter("wasm.request.buckets", route, r -> r.latencies().total(), tags.and("le", "+Inf")));
    return meters;
  }

  private static RouteFreeze freeze(RouteMetrics route) {
    return route.identity().module().freeze();
  }

  private List<Meter> shared(Tags tags) {
    ModuleCache cache = ModuleCache.shared();
    MemoryBudget budget = MemoryBudget.shared();
    return List.of(
        gauge("wasm.modules", cache, c -> c.statistics().modules().size(), null, tags),
        gauge("wasm.modules.size", cache, c -> c.statistics().bytes(), "bytes", tags),
        counter("wasm.modules.prepared", cache, c -> c.statistics().prepared(), tags),
        counter("wasm.modules.hits", cache, c -> c.statistics().hits(), tags),
        counter("wasm.modules.failures", cache, c -> c.statistics().failures(), tags),
        FunctionTimer.builder(
                "wasm.modules.loads",
                cache,
                c -> c.statistics().loads(),
                c -> c.statistics().loadTime().toNanos(),
                TimeUnit.NANOSECONDS)
            .tags(tags)
            .register(registry),
        gauge("wasm.memory.reserved", budget, MemoryBudget::reserved, "bytes", tags),
        gauge("wasm.memory.guaranteed", budget, MemoryBudget::guaranteed, "bytes", tags),
        gauge("wasm.memory.limit", budget, MemoryBudget::limit, "bytes", tags));
  }

  private <T> Meter counter(String name, T source, ToDoubleFunction<T> value, Tags tags) {
    return FunctionCounter.builder(name, source, value).tags(tags).register(registry);
  }

  private <T> Meter gauge(
      String name, T source, ToDoubleFunction<T> value, String unit, Tags tags) {
    return Gauge.builder(name, source, value).baseUnit(unit).tags(tags).register(registry);
  }

  private Meter timer(
      String name, RouteMetrics route, ToLongFunction<RouteMetrics> nanos, Tags tags) {
    return FunctionTimer.builder(
            name, route, RouteMetrics::runs, nanos::applyAsLong, TimeUnit.NANOSECONDS)
        .tags(tags)
        .register(registry);
  }
}
