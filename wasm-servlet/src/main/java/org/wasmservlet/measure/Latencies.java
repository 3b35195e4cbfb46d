package org.wasmservlet.measure;

import java.util.List;

/**
 * How long requests took, at one moment. Immutable.
 *
 * @param buckets from the first that has a request to the last that has one, in ascending order,
 *     none left out; empty if there were no requests
 * @param leastMillis what the fastest took, in milliseconds; 0 if there were no requests
 * @param mostMillis what the slowest took, in milliseconds; 0 if there were no requests
 */
public record Latencies(List<Bucket> buckets, double leastMillis, double mostMillis) {
  /** There were no requests. */
  public static final Latencies NONE = new Latencies(List.of(), 0, 0);

  /**
   * Copies the buckets.
   *
   * @param buckets in ascending order
   * @param leastMillis what the fastest took
   * @param mostMillis what the slowest took
   */
  public Latencies {
    buckets = List.copyOf(buckets);
  }

  /**
   * How many requests there were.
   *
   * @return the number of all
   */
  public long total() {
    long sum = 0;
    for (Bucket bucket : buckets) {
      sum += bucket.count();
    }
    return sum;
  }

  /**
   * Whether there are requests enough for a percentile to say something: one at least that took
   * longer, were they evenly spread.
   *
   * @param percent from 0 to 99
   * @return true from 2 requests on for 50, from 10 on for 90, from 100 on for 99
   */
  public boolean tells(int percent) {
    return total() * (100 - percent) >= 100;
  }

  /**
   * How long a share of the requests took at most, estimated within its bucket.
   *
   * @param percent from 0 to 100
   * @return milliseconds, or 0 if there were no requests
   */
  public double percentile(double percent) {
    double wanted = total() * percent / 100;
    long before = 0;
    for (Bucket bucket : buckets) {
      if (bucket.count() > 0 && before + bucket.count() >= wanted) {
        double share = (wanted - before) / bucket.count();
        double width = bucket.toMicros() - bucket.fromMicros();
        double estimate = (bucket.fromMicros() + share * width) / 1000;
        return Math.max(leastMillis, Math.min(mostMillis, estimate));
      }
      before += bucket.count();
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
    for (Bucket bucket : buckets) {
      if (bucket.toMicros() <= micros) {
        sum += bucket.count();
      }
    }
    return sum;
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
