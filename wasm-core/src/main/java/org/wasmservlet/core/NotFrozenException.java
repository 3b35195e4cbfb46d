package org.wasmservlet.core;

/**
 * A program could not be frozen: it ended before it got there, or has what cannot be given to
 * another run. The message names the module and the cause.
 */
public final class NotFrozenException extends Exception {
  private static final long serialVersionUID = 1L;

  NotFrozenException(String message, Throwable cause) {
    super(message, cause);
  }
}
