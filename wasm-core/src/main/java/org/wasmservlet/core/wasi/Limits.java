package org.wasmservlet.core.wasi;

import java.time.Duration;

/**
 * What one run may hold and do at most. Immutable.
 *
 * @param openFiles descriptors, standard streams and preopened directories counted
 * @param bytesWritten bytes written to disk, those of the holes that a write leaves included; what
 *     is created counts {@link DiskQuota#ENTRY} bytes
 * @param vectors buffers in one call that reads or writes, and subscriptions in one poll
 * @param pathBytes bytes of one path, and of one link's target
 * @param sleep the longest that one poll waits; a longer wait ends with an error that says
 *     interrupted
 * @param listingBytes bytes that the listings of open directories take
 */
public record Limits(
    int openFiles,
    long bytesWritten,
    int vectors,
    int pathBytes,
    Duration sleep,
    int listingBytes) {

  /** What a run may where nothing else is said. */
  public static final Limits DEFAULT =
      new Limits(256, 256L << 20, 1024, 4096, Duration.ofMinutes(1), 16 << 20);

  /**
   * The defaults, but for what routes set.
   *
   * @param openFiles at least 3
   * @param bytesWritten not negative
   * @return the limits
   */
  public static Limits of(int openFiles, long bytesWritten) {
    return new Limits(
        openFiles,
        bytesWritten,
        DEFAULT.vectors,
        DEFAULT.pathBytes,
        DEFAULT.sleep,
        DEFAULT.listingBytes);
  }

  /**
   * Checks the numbers.
   *
   * @param openFiles at least 3
   * @param bytesWritten not negative
   * @param vectors 1 to 65536
   * @param pathBytes 1 to 65536
   * @param sleep not negative, at most 292 years
   * @param listingBytes not negative
   */
  public Limits {
    if (openFiles < 3
        || bytesWritten < 0
        || vectors < 1
        || vectors > 1 << 16
        || pathBytes < 1
        || pathBytes > 1 << 16
        || sleep.isNegative()
        || sleep.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0
        || listingBytes < 0) {
      throw new IllegalArgumentException("not a limit that can be kept");
    }
  }
}
