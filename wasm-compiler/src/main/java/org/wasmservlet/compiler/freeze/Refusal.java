package org.wasmservlet.compiler.freeze;

/** A program cannot be frozen where it wants to be. The message tells why. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message, null, false, false);
  }
}
