package org.wasmservlet.status;

import java.util.List;
import org.wasmservlet.core.ModuleCacheStatistics;
import org.wasmservlet.measure.Failure;
import org.wasmservlet.measure.Latencies;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteMetrics;

/** The status for machines. */
final class StatusJson {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Json json = new Json();

  private StatusJson() {}

  static String of(Snapshot snapshot) {
    StatusJson writer = new StatusJson();
    writer.write(snapshot);
    return writer.json.toString();
  }

  private void write(Snapshot snapshot) {
    json.open('{');
    json.name("host").value(snapshot.host());
    json.name("context").value(snapshot.contextPath());
    json.name("at").value(snapshot.at().toString());
    json.name("since").value(snapshot.since().toString());
    json.name("memory").open('{');
    json.name("reservedBytes").value(snapshot.memoryReserved());
    json.name("limitBytes").value(snapshot.memoryLimit());
    json.name("guaranteedBytes").value(snapshot.memoryGuaranteed());
    json.close('}');
    json.name("heap").open('{');
    json.name("usedBytes").value(snapshot.heapUsed());
    json.name("limitBytes").value(snapshot.heapLimit());
    json.close('}');
    write(snapshot.cache());
    json.name("routes").open('[');
    snapshot.routes().forEach(this::write);
    json.close(']');
    json.close('}');
  }

  private void write(ModuleCacheStatistics cache) {
    json.name("moduleCache").open('{');
    json.name("loads").value(cache.loads());
    json.name("prepared").value(cache.prepared());
    json.name("failures").value(cache.failures());
    json.name("hits").value(cache.hits());
    json.name("loadTimeMillis").value(cache.loadTime().toMillis());
    json.name("modules").open('[');
    for (ModuleCacheStatistics.Loaded module : cache.modules()) {
      json.open('{');
      json.name("file").value(module.file().getFileName().toString());
      json.name("bytes").value(module.bytes());
      json.name("functions").value(module.functionCount());
      json.name("interpretedFunctions").value(module.interpretedFunctionCount());
      json.name("loadedAt").value(module.loadedAt().toString());
      json.name("loadTimeMillis").value(module.loadTime().toMillis());
      json.name("users").value(module.users());
      json.close('}');
    }
    json.close(']');
    json.close('}');
  }

  private void write(RouteMetrics route) {
    json.open('{');
    json.name("kind").value(route.identity().kind());
    json.name("name").value(route.identity().name());
    json.name("patterns").open('[');
    route.identity().patterns().forEach(json::value);
    json.close(']');
    json.name("module").value(route.identity().module().file().getFileName().toString());
    json.name("requests").value(route.requests());
    json.name("outcomes").open('{');
    for (RequestOutcome outcome : RequestOutcome.values()) {
      json.name(outcome.key()).value(route.count(outcome));
    }
    json.close('}');
    json.name("running").value(route.load().running());
    json.name("maxRunning").value(route.load().maxRunning());
    json.name("queued").value(route.load().queued());
    json.name("maxQueued").value(route.load().maxQueued());
    json.name("runs").value(route.runs());
    json.name("queueMillis").value(route.queueNanos() / NANOS_PER_MILLI);
    json.name("instantiationMillis").value(route.instantiationNanos() / NANOS_PER_MILLI);
    json.name("guestMillis").value(route.guestNanos() / NANOS_PER_MILLI);
    json.name("timeoutMillis").value(route.limits().timeout().toMillis());
    json.name("peakMemoryBytes").value(route.peakMemory());
    json.name("memoryLimitBytes").value(route.limits().memory());
    write(route.latencies());
    writeRunning(route.runningRequests());
    writeFailures(route.recentFailures());
    json.close('}');
  }

  private void write(Latencies latencies) {
    json.name("latency").open('{');
    json.name("count").value(latencies.total());
    json.name("p50Millis").value(latencies.percentile(50));
    json.name("p90Millis").value(latencies.percentile(90));
    json.name("p99Millis").value(latencies.percentile(99));
    json.name("buckets").open('[');
    for (Latencies.Bucket bucket : latencies.buckets()) {
      json.open('{');
      json.name("fromMicros").value(bucket.fromMicros());
      json.name("toMicros").value(bucket.toMicros());
      json.name("count").value(bucket.count());
      json.close('}');
    }
    json.close(']');
    json.close('}');
  }

  private void writeRunning(List<MeasuredRequest> requests) {
    long now = System.nanoTime();
    json.name("runningRequests").open('[');
    for (MeasuredRequest request : requests) {
      json.open('{');
      json.name("ageMillis").value(request.age(now).toMillis());
      json.name("request").value(request.requestLine());
      json.close('}');
    }
    json.close(']');
  }

  private void writeFailures(List<Failure> failures) {
    json.name("recentFailures").open('[');
    for (Failure failure : failures) {
      json.open('{');
      json.name("at").value(failure.at().toString());
      json.name("outcome").value(failure.outcome().key());
      json.name("request").value(failure.requestLine());
      json.name("message").value(failure.message());
      json.close('}');
    }
    json.close(']');
  }
}
