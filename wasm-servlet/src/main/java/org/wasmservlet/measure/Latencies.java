package org.wasmservlet.measure;

import java.util.ArrayList;
import java.util.List;

/** How long requests took, at one moment. Immutable. */
public final class Latencies {
  private final long[] counts;
  private final long total;

  Latencies(long[] counts) {
    this.counts = counts;
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    this.total = sum;
  }

  /**
   * How many requests there were.
   *
   * @return the number of all
   */
  public long total() {
    return total;
  }

  /**
   * How long a share of the requests took at most, estimated within its bucket.
   *
   * @param percent from 0 to 100
   * @return milliseconds, or 0 if there were no requests
   */
  public double percentile(double percent) {
    double wanted = total * percent / 100;
    long before = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 && before + counts[i] >= wanted) {
        double from = LatencyBuckets.from(i);
        double share = (wanted - before) / counts[i];
        return (from + share * (LatencyBuckets.to(i) - from)) / 1000;
      }
      before += counts[i];
    }
    return 0;
  }

  /**
   * How many requests took no longer than a time.
   *
   * @param micros the time in microseconds; counted exactly where a bucket ends there
   * @return the number of requests in the buckets up to it
   */
  public long atMost(long micros) {
    long sum = 0;
    for (int i = 0; i < counts.length && LatencyBuckets.to(i) <= micros; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /**
   * The buckets from the first that has a request to the last that has one.
   *
   * @return in ascending order, none left out; empty if there were no requests
   */
  public List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    int trailing = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 || !buckets.isEmpty()) {
        buckets.add(new Bucket(LatencyBuckets.from(i), LatencyBuckets.to(i), counts[i]));
        trailing = counts[i] > 0 ? 0 : trailing + 1;
      }
    }
    return List.copyOf(buckets.subList(0, buckets.size() - trailing));
  }

  /**
   * A range of times and how many requests took that long.
   *
   * @param fromMicros the first microsecond that belongs to it
   * @param toMicros the first that does not
   * @param count of requests
   */
  public record Bucket(long fromMicros, long toMicros, long count) {}
}
