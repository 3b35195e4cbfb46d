package org.wasmservlet.directive;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads time spans as people write them: {@code 500ms}, {@code 30s}, {@code 1.5m}, {@code 2h}. */
public final class TimeSpan {
  private static final Pattern SPAN =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ms|s|sec|m|min|h)");

  private TimeSpan() {}

  /**
   * Reads a time span. A unit must be given: httpd's seconds and Java's milliseconds are too easily
   * mistaken for each other.
   *
   * @param text a number and a unit
   * @return the time span
   * @throws IllegalArgumentException if the text is none
   */
  public static Duration parse(String text) {
    Matcher matcher = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a time; write for example 500ms, 30s or 2m");
    }
    long unit =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(1).toNanos();
          case "m", "min" -> Duration.ofMinutes(1).toNanos();
          case "h" -> Duration.ofHours(1).toNanos();
          default -> Duration.ofSeconds(1).toNanos();
        };
    BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    try {
      return Duration.ofNanos(nanos.longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a time of too many digits or too long", e);
    }
  }
}
