package org.wasmservlet.core;

import java.time.Duration;
import org.wasmservlet.compiler.CompiledMachine;
import org.wasmservlet.core.wasi.WasiHost;

/**
 * One run under the eyes of the {@link Watchdog}. The lock is of this run alone: it keeps an
 * interruption from reaching a thread that has ended the run and serves someone else.
 */
final class WatchedRun {
  /** How long after its time a run that goes on is taken to be deaf to single interruptions. */
  private static final long DEAF_AFTER = Duration.ofMillis(5).toNanos();

  /** How long it is interrupted as often as can be: whatever it waits for then is no short wait. */
  private static final long DEAF_UNTIL = Duration.ofSeconds(5).toNanos();

  /**
   * How old output may grow in a container's buffer. Short enough for a reader who watches a slow
   * page; long enough that most pages end before, so that a late failure can still be told by a
   * status.
   */
  private static final long FLUSH_AFTER = Duration.ofMillis(300).toNanos();

  private final long deadline;
  private final Thread thread = Thread.currentThread();
  private CompiledMachine machine;
  private WasiHost host;
  private volatile boolean flushDue;
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
   * Tells what is running. It is not touched after {@link #end}.
   *
   * @param started the machine that is to be stopped, for compiled code does not look at its
   *     thread's flag; null where there is no compiled code
   * @param its whose output is to be flushed while the guest computes
   */
  synchronized void runs(CompiledMachine started, WasiHost its) {
    machine = started;
    host = its;
  }

  /** Has output that has waited for a while flushed by the run's own thread, if that computes. */
  synchronized void flushIfDue(long now) {
    if (!ended && host != null && host.hasOutputWaited(FLUSH_AFTER, now)) {
      flushDue = true;
      if (machine != null) {
        machine.pause(this::flush);
      }
    }
  }

  /** Flushes if that is due. For interpreted code, which can be asked at every instruction. */
  void flushIfAsked() {
    if (flushDue) {
      flush();
    }
  }

  private void flush() {
    flushDue = false;
    host.flushOutput();
  }

  /**
   * Stops the run if it is late or its thread was interrupted. Called again and again until the run
   * has ended, since code of others that the guest waits in may swallow an interruption.
   *
   * @return whether it is late
   */
  synchronized boolean stopIfLate(long now) {
    late |= now - deadline >= 0;
    if (late && !ended && !thread.isInterrupted()) {
      thread.interrupt();
    }
    if (machine != null && thread.isInterrupted()) {
      machine.interrupt();
    }
    return late;
  }

  /** Whether it goes on although it was interrupted some time ago, but not very long ago. */
  boolean isDeaf(long now) {
    long over = now - deadline;
    return over > DEAF_AFTER && over < DEAF_UNTIL;
  }

  /**
   * Ends the watch.
   *
   * @return whether the run was stopped because it was late; the thread's interrupt flag is then as
   *     clean as it was
   */
  synchronized boolean end() {
    ended = true;
    host = null;
    if (late) {
      Thread.interrupted();
    }
    return late;
  }
}
