package org.wasmservlet.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts how long requests took, in buckets that are wider the longer a request took: four for each
 * doubling, so that a percentile is never off by more than a fifth. Thread-safe, without locks.
 */
final class LatencyHistogram {
  private final AtomicLongArray counts = new AtomicLongArray(LatencyBuckets.COUNT);
  private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong most = new AtomicLong();

  void record(long nanos) {
    long time = Math.max(0, nanos);
    // Almost always read only. Before the count: whoever sees that sees these.
    if (time < least.get()) {
      least.accumulateAndGet(time, Math::min);
    }
    if (time > most.get()) {
      most.accumulateAndGet(time, Math::max);
    }
    counts.getAndIncrement(LatencyBuckets.indexOf(time));
  }

  /** Not of one moment where requests end meanwhile, but each of them is in it or will be. */
  Latencies snapshot() {
    List<Latencies.Bucket> buckets = new ArrayList<>();
    int trailing = 0;
    for (int i = 0; i < counts.length(); i++) {
      long count = counts.get(i);
      if (count > 0 || !buckets.isEmpty()) {
        buckets.add(new Latencies.Bucket(LatencyBuckets.from(i), LatencyBuckets.to(i), count));
        trailing = count > 0 ? 0 : trailing + 1;
      }
    }
    return buckets.isEmpty()
        ? Latencies.NONE
        : new Latencies(
            buckets.subList(0, buckets.size() - trailing), least.get() / 1e6, most.get() / 1e6);
  }
}
