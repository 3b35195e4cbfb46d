package org.wasmservlet.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.measure.Failure;
import org.wasmservlet.measure.Latencies;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteFreeze;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.metrics.RouteMXBean;

final class RouteBean implements RouteMXBean {
  private static final double NANOS_PER_MILLI = 1e6;

  private final RouteMetrics route;

  RouteBean(RouteMetrics route) {
    this.route = route;
  }

  /** How MXBeans want it. */
  private record Bucket(Latencies.Bucket bucket) implements LatencyBucket {
    @Override
    public long getFromMicros() {
      return bucket.fromMicros();
    }

    @Override
    public long getToMicros() {
      return bucket.toMicros();
    }

    @Override
    public long getCount() {
      return bucket.count();
    }
  }

  private record Running(double ageMillis, String request) implements RunningRequest {
    @Override
    public double getAgeMillis() {
      return ageMillis;
    }

    @Override
    public String getRequest() {
      return request;
    }
  }

  private record Failed(Failure failure) implements RecentFailure {
    @Override
    public String getAt() {
      return failure.at().toString();
    }

    @Override
    public String getOutcome() {
      return failure.outcome().key();
    }

    @Override
    public String getRequest() {
      return failure.requestLine();
    }

    @Override
    public String getMessage() {
      return failure.message();
    }
  }

  @Override
  public List<String> getPatterns() {
    return route.identity().patterns();
  }

  @Override
  public String getModule() {
    return route.identity().module().name();
  }

  @Override
  public String getState() {
    return route.identity().module().state().label();
  }

  @Override
  public String getFreeze() {
    return freeze().state().label();
  }

  @Override
  public String getFreezeReason() {
    return freeze().reason();
  }

  @Override
  public String getFrozenSince() {
    RouteFreeze freeze = freeze();
    return freeze.since() == null ? "" : freeze.since().toString();
  }

  @Override
  public long getFrozenBytes() {
    return freeze().bytes();
  }

  @Override
  public long getFreezeTimeMillis() {
    RouteFreeze freeze = freeze();
    return freeze.took() == null ? 0 : freeze.took().toMillis();
  }

  @Override
  public int getWatchedFiles() {
    return freeze().watchedFiles();
  }

  @Override
  public long getResumed() {
    return route.resumed();
  }

  private RouteFreeze freeze() {
    return route.identity().module().freeze();
  }

  @Override
  public long getRequests() {
    return route.requests();
  }

  @Override
  public Map<String, Long> getOutcomes() {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    for (RequestOutcome outcome : RequestOutcome.values()) {
      outcomes.put(outcome.key(), route.count(outcome));
    }
    return outcomes;
  }

  @Override
  public long getSuccesses() {
    return route.count(RequestOutcome.SUCCESS);
  }

  @Override
  public long getExitFailures() {
    return route.count(RequestOutcome.EXIT);
  }

  @Override
  public long getTraps() {
    return route.count(RequestOutcome.TRAP);
  }

  @Override
  public long getTimeouts() {
    return route.count(RequestOutcome.TIMEOUT);
  }

  @Override
  public long getOutputsExceeded() {
    return route.count(RequestOutcome.OUTPUT_EXCEEDED);
  }

  @Override
  public long getBadResponses() {
    return route.count(RequestOutcome.BAD_RESPONSE);
  }

  @Override
  public long getBodiesTooLarge() {
    return route.count(RequestOutcome.BODY_TOO_LARGE);
  }

  @Override
  public long getBadRequests() {
    return route.count(RequestOutcome.BAD_REQUEST);
  }

  @Override
  public long getRefusals() {
    return route.count(RequestOutcome.REFUSED);
  }

  @Override
  public long getMemoryRefusals() {
    return route.count(RequestOutcome.REFUSED_MEMORY);
  }

  @Override
  public long getClientsGone() {
    return route.count(RequestOutcome.CLIENT_GONE);
  }

  @Override
  public long getInterruptions() {
    return route.count(RequestOutcome.INTERRUPTED);
  }

  @Override
  public long getHostFailures() {
    return route.count(RequestOutcome.HOST_FAILED);
  }

  @Override
  public int getRunning() {
    return route.load().running();
  }

  @Override
  public int getMaxRunning() {
    return route.load().maxRunning();
  }

  @Override
  public int getQueued() {
    return route.load().queued();
  }

  @Override
  public int getMaxQueued() {
    return route.load().maxQueued();
  }

  @Override
  public long getRuns() {
    return route.runs();
  }

  @Override
  public double getInstantiationTimeMillis() {
    return route.instantiationNanos() / NANOS_PER_MILLI;
  }

  @Override
  public double getGuestTimeMillis() {
    return route.guestNanos() / NANOS_PER_MILLI;
  }

  @Override
  public double getQueueTimeMillis() {
    return route.queueNanos() / NANOS_PER_MILLI;
  }

  @Override
  public long getMemoryHighWaterMark() {
    return route.peakMemory();
  }

  @Override
  public long getMemoryLimit() {
    return route.limits().memory();
  }

  @Override
  public long getTimeoutMillis() {
    return route.limits().timeout().toMillis();
  }

  @Override
  public double getLatencyMillisLeast() {
    return route.latencies().leastMillis();
  }

  @Override
  public double getLatencyMillisMost() {
    return route.latencies().mostMillis();
  }

  @Override
  public List<LatencyBucket> getLatencyBuckets() {
    return route.latencies().buckets().stream().<LatencyBucket>map(Bucket::new).toList();
  }

  @Override
  public List<RunningRequest> getRunningRequests() {
    // One for all: who came later must not seem to be older.
    long now = System.nanoTime();
    return route.runningRequests().stream()
        .<RunningRequest>map(
            r -> new Running(r.age(now).toNanos() / NANOS_PER_MILLI, r.requestLine()))
        .toList();
  }

  @Override
  public List<RecentFailure> getRecentFailures() {
    return route.recentFailures().stream().<RecentFailure>map(Failed::new).toList();
  }

  @Override
  public double getLatencyMillis50() {
    return route.latencies().percentile(50);
  }

  @Override
  public double getLatencyMillis90() {
    return route.latencies().percentile(90);
  }

  @Override
  public double getLatencyMillis99() {
    return route.latencies().percentile(99);
  }
}
