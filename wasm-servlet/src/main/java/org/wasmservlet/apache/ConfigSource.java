package org.wasmservlet.apache;

import java.io.IOException;

/** Where configuration files are. */
@FunctionalInterface
public interface ConfigSource {
  /**
   * Reads a file.
   *
   * @param name as the configuration gives it
   * @return its text
   * @throws IOException if there is no such file or it cannot be read; the message says why,
   *     without the name
   */
  String read(String name) throws IOException;
}
