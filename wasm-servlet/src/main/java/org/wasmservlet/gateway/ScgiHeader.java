package org.wasmservlet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;

/**
 * What an SCGI request begins with: a netstring of names and values, CONTENT_LENGTH first (SCGI: A
 * Simple Common Gateway Interface alternative, 2008).
 */
final class ScgiHeader {
  private static final String CONTENT_LENGTH = "CONTENT_LENGTH";

  private ScgiHeader() {}

  /**
   * Writes it.
   *
   * @param variables values by name, neither with NUL; each character is a byte
   * @param contentLength how many bytes follow it
   */
  static byte[] of(Map<String, String> variables, long contentLength) {
    StringBuilder pairs = new StringBuilder(2048);
    VariablesFile.add(pairs, CONTENT_LENGTH, Long.toString(contentLength));
    VariablesFile.add(pairs, "SCGI", "1");
    variables.forEach(
        (name, value) -> {
          if (!name.equals(CONTENT_LENGTH)) {
            VariablesFile.add(pairs, name, value);
          }
        });
    return (pairs.length() + ":" + pairs + ",").getBytes(ISO_8859_1);
  }
}
