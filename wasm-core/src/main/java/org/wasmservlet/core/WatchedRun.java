package org.wasmservlet.core;

/**
 * One run under the eyes of the {@link Watchdog}. The lock is of this run alone: it keeps an
 * interruption from reaching a thread that has ended the run and serves someone else.
 */
final class WatchedRun {
  private final long deadline;
  private final Thread thread = Thread.currentThread();
  private boolean late;
  private boolean ended;

  /**
   * Watches the calling thread.
   *
   * @param deadline when the run must have ended, as {@link System#nanoTime()} tells time
   */
  WatchedRun(long deadline) {
    this.deadline = deadline;
  }

  /**
   * Stops the run if it is late. Called again and again until the run has ended, since code of
   * others that the guest waits in may swallow an interruption.
   *
   * @return whether it is late
   */
  synchronized boolean stopIfLate(long now) {
    late |= now - deadline >= 0;
    if (late && !ended) {
      thread.interrupt();
    }
    return late;
  }

  /**
   * Ends the watch.
   *
   * @return whether the run was stopped because it was late; the thread's interrupt flag is then as
   *     clean as it was
   */
  synchronized boolean end() {
    ended = true;
    if (late) {
      Thread.interrupted();
    }
    return late;
  }
}
