package org.wasmservlet.apache;

/** A configuration file cannot be used. The message names the file, the line and the directive. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param position where
   * @param message the directive and what is wrong with it
   */
  public ConfigException(Position position, String message) {
    super(position + ": " + message);
  }

  /**
   * Makes an exception for a file as a whole.
   *
   * @param file its name
   * @param message what is wrong with it
   */
  public ConfigException(String file, String message) {
    super(file + ": " + message);
  }
}
