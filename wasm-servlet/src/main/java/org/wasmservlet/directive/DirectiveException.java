package org.wasmservlet.directive;

/** An init-param cannot be used. The message names the parameter, the value and the cause. */
public final class DirectiveException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the message is made of. */
  private final String parameter;

  private final String value;
  private final String reason;

  /**
   * Makes an exception.
   *
   * @param parameter the init-param's name
   * @param value the value or the line of it that is at fault; null if the parameter is missing
   * @param reason what is wrong with it
   * @param cause the underlying failure, or null
   */
  public DirectiveException(String parameter, String value, String reason, Throwable cause) {
    super(parameter + (value == null ? "" : " '" + value + "'") + ": " + reason, cause);
    this.parameter = parameter;
    this.value = value;
    this.reason = reason;
  }

  /**
   * Makes an exception without an underlying failure.
   *
   * @param parameter the init-param's name
   * @param value the value or the line of it that is at fault; null if the parameter is missing
   * @param reason what is wrong with it
   */
  public DirectiveException(String parameter, String value, String reason) {
    this(parameter, value, reason, null);
  }

  /**
   * Which init-param it is.
   *
   * @return its name
   */
  public String parameter() {
    return parameter;
  }

  /**
   * What is at fault.
   *
   * @return the value or a line of it; null if the parameter is missing
   */
  public String value() {
    return value;
  }

  /**
   * What is wrong with it.
   *
   * @return the cause, without parameter and value
   */
  public String reason() {
    return reason;
  }
}
