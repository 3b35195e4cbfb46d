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

  private final long origin = System.nanoTime();
  private long cpuOrigin = -1;

  /**
   * What a clock shows.
   *
   * @throws WasiError EINVAL if there is no such clock, ENOTSUP if the JVM does not have it
   */
  long now(long clock) throws WasiError {
    return switch ((int) clock) {
      case REALTIME -> realTime();
      case MONOTONIC -> System.nanoTime() - origin;
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
    if (cpuOrigin < 0) {
      // Not when the run begins: few guests ask, and the answer need only be consistent.
      cpuOrigin = now - Math.min(now, System.nanoTime() - origin);
    }
    return now - cpuOrigin;
  }
}
