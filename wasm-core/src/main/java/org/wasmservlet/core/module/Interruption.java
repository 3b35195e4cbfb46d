package org.wasmservlet.core.module;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;

/** For loops that the engine makes at a guest's order, in which it looks at no flag. */
final class Interruption {
  private Interruption() {}

  /** Throws a ChicoryInterruptedException if the thread is interrupted; it stays so. */
  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ChicoryInterruptedException("the thread was interrupted");
    }
  }
}
