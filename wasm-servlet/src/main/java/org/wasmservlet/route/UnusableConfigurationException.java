package org.wasmservlet.route;

import jakarta.servlet.UnavailableException;

/**
 * Tells the container that a servlet cannot start as it is configured. Without a stack trace: where
 * it was noticed helps nobody, and the message says where to look.
 *
 * <p>Not for ever, so that whoever mends a file need not restart. And not a plain ServletException,
 * for which some containers take down the whole application.
 */
final class UnusableConfigurationException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private static final int RETRY_AFTER_SECONDS = 60;

  UnusableConfigurationException(String message) {
    super(message, RETRY_AFTER_SECONDS);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
