package org.wasmservlet.maven;

import org.apache.maven.plugin.MojoFailureException;

/**
 * Reads parameters that are true or false: Maven itself would take every other word for false, and
 * say nothing.
 */
final class Flag {
  private Flag() {}

  /**
   * Reads one.
   *
   * @param name of the parameter
   * @param value as it is written
   * @return whether it is set
   * @throws MojoFailureException if it is another word; the message names the parameter and its
   *     property
   */
  static boolean isSet(String name, String value) throws MojoFailureException {
    return switch (value.strip()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new MojoFailureException(
              name + " (-Dwasm." + name + ") '" + value + "': must be true or false");
    };
  }
}
