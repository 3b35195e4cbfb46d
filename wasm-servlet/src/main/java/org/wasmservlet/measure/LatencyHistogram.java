package org.wasmservlet.measure;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts how long requests took, in buckets that are wider the longer a request took: four for each
 * doubling, so that a percentile is never off by more than a fifth. Thread-safe, without locks.
 */
final class LatencyHistogram {
  private final AtomicLongArray counts = new AtomicLongArray(LatencyBuckets.COUNT);

  void record(long nanos) {
    counts.getAndIncrement(LatencyBuckets.indexOf(nanos));
  }

  /** Not of one moment where requests end meanwhile, but each of them is in it or will be. */
  Latencies snapshot() {
    long[] copy = new long[counts.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
    }
    return new Latencies(copy);
  }
}
