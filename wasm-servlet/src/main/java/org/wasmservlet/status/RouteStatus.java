package org.wasmservlet.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.jmx.VisibleRoute;
import org.wasmservlet.measure.Failure;
import org.wasmservlet.measure.Latencies;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.metrics.RouteMXBean;

/**
 * What one route does, at one moment.
 *
 * @param contextPath of its web application; empty for the root
 * @param kind {@code servlet} or {@code filter}
 * @param module its file, or the reference that it is named by
 * @param state of the module, for people
 * @param freeze whether requests resume the program
 * @param outcomes how many requests ended in each way
 * @param latencies of the requests whose programs ran
 * @param running requests whose programs run
 * @param failures the newest first
 */
record RouteStatus(
    String host,
    String contextPath,
    String kind,
    String name,
    List<String> patterns,
    String module,
    String state,
    Freeze freeze,
    Map<RequestOutcome, Long> outcomes,
    int runningPrograms,
    int maxRunning,
    int queued,
    int maxQueued,
    long runs,
    double queueMillis,
    double instantiationMillis,
    double guestMillis,
    long timeoutMillis,
    long peakMemory,
    long memoryLimit,
    Latencies latencies,
    List<Running> running,
    List<Failure> failures) {

  /** Whether requests resume a program that was started once: as the bean tells it. */
  record Freeze(
      String state, String reason, String since, long bytes, int watchedFiles, long resumed) {
    private static Freeze of(RouteMXBean bean) {
      return new Freeze(
          bean.getFreeze(),
          bean.getFreezeReason(),
          bean.getFrozenSince(),
          bean.getFrozenBytes(),
          bean.getWatchedFiles(),
          bean.getResumed());
    }

    boolean isOff() {
      return state.equals("off");
    }

    boolean isFrozen() {
      return !since.isEmpty();
    }
  }

  /** A request whose program runs. */
  record Running(double ageMillis, String requestLine) {}

  static RouteStatus of(VisibleRoute route) {
    RouteMXBean bean = route.bean();
    return new RouteStatus(
        route.host(),
        route.contextPath(),
        route.kind(),
        route.name(),
        bean.getPatterns(),
        bean.getModule(),
        bean.getState(),
        Freeze.of(bean),
        outcomes(bean),
        bean.getRunning(),
        bean.getMaxRunning(),
        bean.getQueued(),
        bean.getMaxQueued(),
        bean.getRuns(),
        bean.getQueueTimeMillis(),
        bean.getInstantiationTimeMillis(),
        bean.getGuestTimeMillis(),
        bean.getTimeoutMillis(),
        bean.getMemoryHighWaterMark(),
        bean.getMemoryLimit(),
        latencies(bean),
        bean.getRunningRequests().stream()
            .map(running -> new Running(running.getAgeMillis(), running.getRequest()))
            .toList(),
        failures(bean));
  }

  long requests() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  long count(RequestOutcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /** Another copy of the library may know outcomes that this one does not: they are left out. */
  private static Map<RequestOutcome, Long> outcomes(RouteMXBean bean) {
    Map<String, Long> byKey = bean.getOutcomes();
    Map<RequestOutcome, Long> outcomes = new EnumMap<>(RequestOutcome.class);
    for (RequestOutcome outcome : RequestOutcome.values()) {
      outcomes.put(outcome, byKey.getOrDefault(outcome.key(), 0L));
    }
    return outcomes;
  }

  private static Latencies latencies(RouteMXBean bean) {
    List<Latencies.Bucket> buckets =
        bean.getLatencyBuckets().stream()
            .map(b -> new Latencies.Bucket(b.getFromMicros(), b.getToMicros(), b.getCount()))
            .toList();
    return buckets.isEmpty()
        ? Latencies.NONE
        : new Latencies(buckets, bean.getLatencyMillisLeast(), bean.getLatencyMillisMost());
  }

  private static List<Failure> failures(RouteMXBean bean) {
    List<Failure> failures = new ArrayList<>();
    for (RouteMXBean.RecentFailure failure : bean.getRecentFailures()) {
      for (RequestOutcome outcome : RequestOutcome.values()) {
        if (outcome.key().equals(failure.getOutcome())) {
          failures.add(
              new Failure(
                  Instant.parse(failure.getAt()),
                  failure.getRequest(),
                  outcome,
                  failure.getMessage()));
        }
      }
    }
    return failures;
  }
}
