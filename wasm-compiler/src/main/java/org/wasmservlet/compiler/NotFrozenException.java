package org.wasmservlet.compiler;

/** A program could not be frozen. The message tells why, and names the function if it is one. */
public final class NotFrozenException extends Exception {
  private static final long serialVersionUID = 1L;

  NotFrozenException(String message) {
    super(message);
  }
}
