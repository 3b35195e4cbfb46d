package org.wasmservlet.compiler.binary;

/** A binary declares more of something than there may be. The message tells what and where. */
public final class TooMuchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooMuchException(String message) {
    super(message);
  }
}
