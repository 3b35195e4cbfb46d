package org.wasmservlet.status;

import java.util.List;
import org.wasmservlet.core.ModuleCacheStatistics;
import org.wasmservlet.measure.Failure;
import org.wasmservlet.measure.Latencies;
import org.wasmservlet.measure.RequestOutcome;

/** The status for machines. */
final class StatusJson {
  private final Json json = new Json();

  private final Snapshot snapshot;

  private StatusJson(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  static String of(Snapshot snapshot) {
    StatusJson writer = new StatusJson(snapshot);
    writer.write();
    return writer.json.toString();
  }

  private void write() {
    json.open('{');
    json.name("host").value(snapshot.host());
    json.name("context").value(snapshot.contextPath());
    json.name("scope").value(snapshot.scope().key());
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
      json.name("files").open('[');
      module.files().forEach(file -> json.value(snapshot.files().of(file.toString())));
      json.close(']');
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

  private void write(RouteStatus route) {
    json.open('{');
    json.name("host").value(route.host());
    json.name("context").value(route.contextPath());
    json.name("kind").value(route.kind());
    json.name("name").value(route.name());
    json.name("patterns").open('[');
    route.patterns().forEach(json::value);
    json.close(']');
    json.name("module").value(snapshot.files().of(route.module()));
    json.name("state").value(route.state());
    write(route.freeze());
    json.name("requests").value(route.requests());
    json.name("outcomes").open('{');
    for (RequestOutcome outcome : RequestOutcome.values()) {
      json.name(outcome.key()).value(route.count(outcome));
    }
    json.close('}');
    json.name("running").value(route.runningPrograms());
    json.name("maxRunning").value(route.maxRunning());
    json.name("queued").value(route.queued());
    json.name("maxQueued").value(route.maxQueued());
    json.name("runs").value(route.runs());
    json.name("queueMillis").value(route.queueMillis());
    json.name("instantiationMillis").value(route.instantiationMillis());
    json.name("guestMillis").value(route.guestMillis());
    json.name("timeoutMillis").value(route.timeoutMillis());
    json.name("peakMemoryBytes").value(route.peakMemory());
    json.name("memoryLimitBytes").value(route.memoryLimit());
    write(route.latencies());
    writeRunning(route.running());
    writeFailures(route.failures());
    json.close('}');
  }

  private void write(RouteStatus.Freeze freeze) {
    json.name("freeze").open('{');
    json.name("state").value(freeze.state());
    if (!freeze.isOff()) {
      json.name("reason").value(freeze.reason());
      json.name("resumed").value(freeze.resumed());
    }
    if (freeze.isFrozen()) {
      json.name("since").value(freeze.since());
      json.name("bytes").value(freeze.bytes());
      json.name("watchedFiles").value(freeze.watchedFiles());
    }
    json.close('}');
  }

  private void write(Latencies latencies) {
    json.name("latency").open('{');
    json.name("count").value(latencies.total());
    if (latencies.total() > 0) {
      json.name("leastMillis").value(latencies.leastMillis());
      json.name("mostMillis").value(latencies.mostMillis());
    }
    for (int percent : LatencyChart.PERCENTILES) {
      if (latencies.tells(percent)) {
        json.name("p" + percent + "Millis").value(latencies.percentile(percent));
      }
    }
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

  private void writeRunning(List<RouteStatus.Running> requests) {
    json.name("runningRequests").open('[');
    for (RouteStatus.Running request : requests) {
      json.open('{');
      json.name("ageMillis").value((long) request.ageMillis());
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
