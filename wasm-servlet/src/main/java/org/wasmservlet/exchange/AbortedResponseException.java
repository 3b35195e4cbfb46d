package org.wasmservlet.exchange;

import java.io.IOException;

/**
 * Makes the container close the connection of a response that cannot be finished, so that no client
 * takes a part of it for the whole.
 */
final class AbortedResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  AbortedResponseException(String message) {
    super(message);
  }

  /** The log has the cause already; a trace of this place would say nothing. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
