package org.wasmservlet.test.container;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what nothing tells of. Between two looks it leaves the processor to what is waited for.
 */
public final class Polling {
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private Polling() {}

  /**
   * Waits until something is so.
   *
   * @param what for the message
   * @throws AssertionError if it is not so in time
   */
  public static void await(Duration patience, String what, Callable<Boolean> isSo)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isSo.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(what + ": waited for " + patience + " in vain");
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException(what);
      }
    }
  }
}
