package org.wasmservlet.route;

import jakarta.servlet.UnavailableException;
import org.wasmservlet.directive.DirectiveException;

/**
 * Tells the container that a servlet cannot start as it is configured. Without a stack trace: where
 * it was noticed helps nobody, and the message says where to look.
 *
 * <p>Not for ever, so that whoever mends a file need not restart. And not a plain ServletException,
 * for which some containers take down the whole application. Immutable.
 */
public final class UnusableConfigurationException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private static final int RETRY_AFTER_SECONDS = 60;

  /** Not its cause: containers log the root cause alone, and this message is the better one. */
  private final transient DirectiveException fault;

  UnusableConfigurationException(String message, DirectiveException fault) {
    super(message, RETRY_AFTER_SECONDS);
    this.fault = fault;
  }

  /**
   * Which init-param cannot be used, and why.
   *
   * @return null in a copy that has been serialized
   */
  public DirectiveException fault() {
    return fault;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
