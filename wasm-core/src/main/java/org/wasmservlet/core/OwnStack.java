package org.wasmservlet.core;

import java.util.function.Supplier;

/** Runs guests that need more stack than their callers' threads have. */
final class OwnStack {
  private OwnStack() {}

  /**
   * Runs a task on a thread of its own and waits for it. An interruption of the caller is passed on
   * to that thread, and the caller's flag is set again afterwards.
   *
   * @param bytes the stack's size
   * @param task must not throw
   */
  static Outcome run(long bytes, Supplier<Outcome> task) {
    Outcome[] outcome = new Outcome[1];
    Thread thread =
        new Thread(
            null, () -> outcome[0] = task.get(), "wasm-guest of " + callersName(), bytes, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return outcome[0];
  }

  private static String callersName() {
    return Thread.currentThread().getName();
  }
}
