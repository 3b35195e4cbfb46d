package org.wasmservlet.cgi;

import java.io.IOException;

/** A request cannot be passed to a guest; the client is told the status. */
public final class BadRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the client is told. */
  private final int status;

  BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /**
   * Makes an exception.
   *
   * @param status an HTTP status of the 4xx class
   * @param message for the log
   * @param cause of it, or null
   */
  public BadRequestException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /**
   * What the client is told.
   *
   * @return an HTTP status of the 4xx class; 500 if it is not the client's fault
   */
  public int status() {
    return status;
  }
}
