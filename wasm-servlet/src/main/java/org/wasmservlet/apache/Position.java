package org.wasmservlet.apache;

/**
 * A place in a configuration file.
 *
 * @param file the file's name as it was given
 * @param line the line's number, from 1
 */
public record Position(String file, int line) {
  /** As messages name it. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
