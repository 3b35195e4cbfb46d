package org.wasmservlet.freeze;

import java.util.concurrent.TimeUnit;

/**
 * How often the files of a frozen program are looked at, and how often it is frozen anew because
 * they have changed. Times are of one clock, in nanoseconds. Of the one thread that looks, but for
 * {@link #lookEvery}, which is any thread's.
 */
final class ChangePace {
  private static final long LOOK_AT_MOST_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long LOOK_AT_LEAST_EVERY = TimeUnit.SECONDS.toNanos(1);

  /** Between two looks this many times as long as looking takes: a slow file system's are fewer. */
  private static final int LOOK_REST = 100;

  /** How many times as long as freezing took is to pass for it, in the long run. */
  private static final int REST = 5;

  /** The longest that is to pass for one freezing. */
  private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(10);

  /** How much of it may still be to pass when the next one begins: some changes in a row may. */
  private static final long CREDIT = TimeUnit.SECONDS.toNanos(30);

  private volatile long lookEvery = LOOK_AT_MOST_EVERY;

  /** When all has passed that is to pass for what was frozen so far. */
  private long rested;

  ChangePace(long now) {
    rested = now;
  }

  /** How long after the last look the next one may begin. */
  long lookEvery() {
    return lookEvery;
  }

  void looked(long took) {
    lookEvery = Math.max(LOOK_AT_MOST_EVERY, Math.min(LOOK_REST * took, LOOK_AT_LEAST_EVERY));
  }

  /**
   * Whether it may be frozen anew; files that change in every request do not keep a processor busy.
   */
  boolean allows(long now) {
    return rested - now <= CREDIT;
  }

  /** It has been frozen anew, or that was tried. */
  void froze(long now, long took) {
    rested = Math.max(0, rested - now) + now + Math.min(REST * took, LONGEST_REST);
  }
}
