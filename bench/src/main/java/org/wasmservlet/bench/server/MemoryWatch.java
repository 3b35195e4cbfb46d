package org.wasmservlet.bench.server;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks once a second, and in the end, at what a system's processes hold, and keeps the most. */
final class MemoryWatch implements AutoCloseable {
  private static final int FIRST_MILLIS = 500;
  private static final int PERIOD_MILLIS = 1000;

  private final ProcessTree processes;
  private final CountDownLatch end = new CountDownLatch(1);
  private long most;

  MemoryWatch(ProcessTree processes) {
    this.processes = processes;
    Thread thread = new Thread(this::watch, "memory-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      for (int wait = FIRST_MILLIS; !end.await(wait, TimeUnit.MILLISECONDS); wait = PERIOD_MILLIS) {
        look();
      }
    } catch (InterruptedException | IOException e) {
      // What was seen until now stands.
    }
  }

  private synchronized void look() throws IOException {
    most = Math.max(most, processes.memory());
  }

  synchronized long most() throws IOException {
    look();
    return most;
  }

  @Override
  public void close() {
    end.countDown();
  }
}
