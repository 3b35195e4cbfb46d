package org.wasmservlet.server.option;

/** The command line cannot be used. The message names the option, its value and the cause. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception for what is wrong with an option.
   *
   * @param option as it is written, or what stands for a parameter
   * @param value its value, or null if it has none
   * @param reason what is wrong
   */
  UsageException(String option, String value, String reason) {
    this(option + (value == null ? "" : " '" + value + "'") + ": " + reason);
  }

  /**
   * Makes an exception for what is wrong with all of it.
   *
   * @param message what is wrong; names what it is about
   */
  UsageException(String message) {
    super("command line: " + message);
  }
}
