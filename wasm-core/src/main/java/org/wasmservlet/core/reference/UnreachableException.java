package org.wasmservlet.core.reference;

import java.io.IOException;

/** Nobody has answered, or not to the end: another time may be better. */
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which names who was asked
   * @param cause the underlying failure, or null
   */
  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
