package org.wasmservlet.core.wasi;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * The clocks of one run (witx type {@code clockid}), in nanoseconds. The monotonic clock begins
 * with the run: how long the host has been up is nothing to a guest. The clocks of CPU time count
 * that of the run's thread since the run began.
 */
final class Clocks {
  static final int REALTIME = 0;
  static final int MONOTONIC = 1;
  private static final int PROCESS_CPU_TIME = 2;
  private static final int THREAD_CPU_TIME = 3;

  private final long origin;
  private final boolean goesOn;
  private boolean cpuAsked;
  private long cpuOrigin;

  /**
   * Starts the clocks.
   *
   * @param monotonic what the monotonic clock shows, for it never goes back: 0, or what it showed
   *     when the program was frozen that goes on now
   */
  Clocks(long monotonic) {
    origin = System.nanoTime() - monotonic;
    goesOn = monotonic != 0;
  }

  /** What the monotonic clock shows. */
  long monotonic() {
    return System.nanoTime() - origin;
  }

  /**
   * What a clock shows.
   *
   * @throws WasiError EINVAL if there is no such clock, ENOTSUP if the JVM does not have it
   */
  long now(long clock) throws WasiError {
    return switch ((int) clock) {
      case REALTIME -> realTime();
      case MONOTONIC -> monotonic();
      case PROCESS_CPU_TIME, THREAD_CPU_TIME -> cpuTime();
      default -> throw Errno.INVAL.error();
    };
  }

  /** The smallest step of a clock. */
  long resolution(long clock) throws WasiError {
    now(clock);
    return 1;
  }

  private static long realTime() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  private long cpuTime() throws WasiError {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    if (!threads.isCurrentThreadCpuTimeSupported() || !threads.isThreadCpuTimeEnabled()) {
      throw Errno.NOTSUP.error();
    }
    long now = threads.getCurrentThreadCpuTime();
    if (!cpuAsked) {
      // Not when the run begins: few guests ask, and the answer need only be consistent. A program
      // that goes on has perhaps been told some time before, which was no more than this.
      cpuOrigin = now - (goesOn ? monotonic() : Math.min(now, monotonic()));
      cpuAsked = true;
    }
    return now - cpuOrigin;
  }
}
