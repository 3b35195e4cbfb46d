package org.wasmservlet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;

/** A request's variables as a program reads them that was frozen while it answered. */
final class VariablesFile {
  private VariablesFile() {}

  /**
   * Names and values in turn, each ended by NUL, which is in none of them.
   *
   * @param variables values by name; each character is a byte
   */
  static byte[] of(Map<String, String> variables) {
    StringBuilder pairs = new StringBuilder(2048);
    variables.forEach((name, value) -> add(pairs, name, value));
    return pairs.toString().getBytes(ISO_8859_1);
  }

  /** Adds a name and its value. */
  static void add(StringBuilder pairs, String name, String value) {
    pairs.append(name).append('\0').append(value).append('\0');
  }
}
