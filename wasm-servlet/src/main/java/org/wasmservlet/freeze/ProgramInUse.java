package org.wasmservlet.freeze;

import org.wasmservlet.core.FrozenProgram;

/**
 * The frozen program that is used at the moment: when another one takes its place, or nobody is to
 * use any, it is given up. Thread-safe.
 */
final class ProgramInUse implements AutoCloseable {
  private volatile FrozenProgram current;

  // Guarded by this.
  private boolean closed;

  /** The last one that was used, also after {@link #close}; null if there was none. */
  FrozenProgram get() {
    return current;
  }

  /**
   * Puts another one in its place; gives that up at once if it is too late for it.
   *
   * @param next null for none
   */
  void use(FrozenProgram next) {
    FrozenProgram old;
    synchronized (this) {
      old = closed ? next : current;
      if (!closed) {
        current = next;
      }
    }
    giveUp(old);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Runs end undisturbed, those too that a request still begins that was given this program. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    giveUp(current);
  }

  private static void giveUp(FrozenProgram program) {
    if (program != null) {
      program.close();
    }
  }
}
