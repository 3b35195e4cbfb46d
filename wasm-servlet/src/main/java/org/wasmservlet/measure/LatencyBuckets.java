package org.wasmservlet.measure;

/**
 * The buckets of every latency histogram, in microseconds: 0 to 3 have one each, then each doubling
 * is cut into four, up to some twenty minutes; the last has no end.
 */
final class LatencyBuckets {
  private static final int BITS = 2;
  private static final int PER_DOUBLING = 1 << BITS;
  private static final int DOUBLINGS = 29;

  static final int COUNT = PER_DOUBLING * DOUBLINGS;

  private LatencyBuckets() {}

  static int indexOf(long nanos) {
    long micros = Math.max(0, nanos) / 1000;
    if (micros < PER_DOUBLING) {
      return (int) micros;
    }
    int shift = 63 - Long.numberOfLeadingZeros(micros) - BITS;
    // The two bits after the first one tell the quarter.
    int index = ((shift + 1) << BITS) + (int) (micros >>> shift) - PER_DOUBLING;
    return Math.min(index, COUNT - 1);
  }

  /** The first number of microseconds that is in a bucket. */
  static long from(int index) {
    if (index < PER_DOUBLING) {
      return index;
    }
    int shift = (index >> BITS) - 1;
    return (long) (PER_DOUBLING + (index & (PER_DOUBLING - 1))) << shift;
  }

  /** The first that is in the next one; the last bucket is taken for as wide as that before it. */
  static long to(int index) {
    return from(index + 1);
  }
}
