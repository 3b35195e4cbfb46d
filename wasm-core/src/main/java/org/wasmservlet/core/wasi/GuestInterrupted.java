package org.wasmservlet.core.wasi;

/**
 * Ends a guest whose thread was interrupted during a host call; the interrupt flag is set. Not an
 * error number: the guest would go on.
 */
public final class GuestInterrupted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GuestInterrupted() {
    super("interrupted in a host call", null, false, false);
  }

  /** Between two pieces of work that a guest can make large. */
  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new GuestInterrupted();
    }
  }

  /** After something has thrown that says so and may have cleared the flag. */
  static GuestInterrupted again() {
    Thread.currentThread().interrupt();
    return new GuestInterrupted();
  }
}
