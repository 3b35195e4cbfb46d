package org.wasmservlet.core;

import java.time.Duration;

/**
 * Limits how long the calling thread takes for something that is no run but belongs to one, such as
 * reading what the guest is to be given. When the time is over the thread is interrupted, again and
 * again until this is closed. Used by one thread.
 */
public final class TimeLimit implements AutoCloseable {
  private final long begun = System.nanoTime();
  private final long most;
  private final WatchedRun watch;

  private TimeLimit(Duration most) {
    this.most = most.toNanos();
    this.watch = Watchdog.SHARED.watch(most);
  }

  /**
   * Begins.
   *
   * @param most how long it may take
   * @return to be closed by this thread
   */
  public static TimeLimit begin(Duration most) {
    return new TimeLimit(most);
  }

  /**
   * How long it has taken so far.
   *
   * @return nanoseconds
   */
  public long nanos() {
    return System.nanoTime() - begun;
  }

  /**
   * Tells whether it has taken too long.
   *
   * @return whether the thread is interrupted or soon will be
   */
  public boolean isOver() {
    return nanos() >= most;
  }

  /** Ends the limit. The thread's interrupt flag is left as clean as it was. */
  @Override
  public void close() {
    Watchdog.SHARED.end(watch);
  }
}
