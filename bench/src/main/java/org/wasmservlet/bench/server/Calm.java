package org.wasmservlet.bench.server;

import java.io.IOException;

/**
 * Waits until a system has nothing to do: when wrk ends, requests are still under way, and their
 * work must not be the next one's.
 */
final class Calm {
  private static final int STEP_MILLIS = 100;
  private static final int STEPS_AT_MOST = 100;

  /** A tenth of one processor. */
  private static final double IDLE_SECONDS = 0.0101;

  private final ProcessTree processes;

  Calm(ProcessTree processes) {
    this.processes = processes;
  }

  void await() throws IOException, InterruptedException {
    CpuUsage last = processes.cpu();
    for (int i = 0; i < STEPS_AT_MOST; i++) {
      Thread.sleep(STEP_MILLIS);
      CpuUsage now = processes.cpu();
      if (now.secondsSince(last) <= IDLE_SECONDS) {
        return;
      }
      last = now;
    }
  }
}
