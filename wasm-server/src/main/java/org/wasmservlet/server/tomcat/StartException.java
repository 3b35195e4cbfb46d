package org.wasmservlet.server.tomcat;

/** The server cannot start. The message says why, and needs no stack trace. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what cannot be, and why
   * @param cause the underlying failure, or null
   */
  StartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What Tomcat's exceptions have at their end. */
  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
