package org.wasmservlet.core.wasi;

/** Ends a guest that called {@code proc_exit}. Unchecked, for it passes through the engine. */
public final class GuestExit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  GuestExit(int code) {
    super("exit code " + Integer.toUnsignedString(code), null, false, false);
    this.code = code;
  }

  /**
   * The guest's exit code.
   *
   * @return as an unsigned 32-bit number's bits
   */
  public int code() {
    return code;
  }
}
