package org.wasmservlet.directive;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as people write them: {@code 64MB}, {@code 1.5GB}, {@code 512}. */
final class ByteSize {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([KMG]?)I?B?");
  private static final long KILO = 1024;

  private ByteSize() {}

  /**
   * Reads a size; units are powers of 1024.
   *
   * @return a number of bytes, 0 or more
   * @throws IllegalArgumentException if the text is no size
   */
  static long parse(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size; write for example 512KB, 16MB or 1.5GB");
    }
    long unit =
        switch (matcher.group(2)) {
          case "K" -> KILO;
          case "M" -> KILO * KILO;
          case "G" -> KILO * KILO * KILO;
          default -> 1;
        };
    try {
      return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("not a whole number of bytes, or too many", e);
    }
  }
}
