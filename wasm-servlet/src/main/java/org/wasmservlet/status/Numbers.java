package org.wasmservlet.status;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them, in one language. */
final class Numbers {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String[] BYTE_UNITS = {"bytes", "KB", "MB", "GB", "TB"};

  private Numbers() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Powers of 1024, as the directives have them. */
  static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1000 && unit < BYTE_UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " " + BYTE_UNITS[0] : threeDigits(size) + " " + BYTE_UNITS[unit];
  }

  static String millis(double millis) {
    if (millis == 0) {
      return "0";
    }
    if (millis < 0.9995) {
      return threeDigits(millis * 1000) + " µs";
    }
    return millis < 999.5 ? threeDigits(millis) + " ms" : seconds(millis / 1000);
  }

  static String duration(Duration duration) {
    return millis(duration.toNanos() / 1e6);
  }

  private static String seconds(double seconds) {
    if (seconds < 60) {
      return threeDigits(seconds) + " s";
    }
    long whole = (long) seconds;
    if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole < 86400
        ? whole / 3600 + " h " + whole % 3600 / 60 + " min"
        : whole / 86400 + " d " + whole % 86400 / 3600 + " h";
  }

  static String time(Instant instant) {
    return TIME.format(instant) + " UTC";
  }

  static String percent(long part, long whole) {
    if (part == 0 || whole == 0) {
      return "0%";
    }
    double percent = 100.0 * part / whole;
    return percent < 0.1 ? "< 0.1%" : threeDigits(Math.min(100, percent)) + "%";
  }

  private static String threeDigits(double number) {
    int decimals = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
