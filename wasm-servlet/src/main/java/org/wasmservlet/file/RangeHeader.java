package org.wasmservlet.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a Range header (RFC 9110, section 14.2). */
final class RangeHeader {
  /** As many parts as one response has; whoever asks for more gets the whole. */
  static final int PARTS_AT_MOST = 32;

  private static final String UNIT = "bytes=";
  private static final Pattern SPEC = Pattern.compile("(\\d*)-(\\d*)");

  /** No file is that long, and no number of so many digits overflows. */
  private static final int DIGITS_AT_MOST = 18;

  private RangeHeader() {}

  /**
   * Finds the parts that a header asks for.
   *
   * @param header the value, or null
   * @param size of the file, in bytes
   * @return none if the whole file is to be sent: the header is not there, not valid, or asks for
   *     more than the file; an empty list if no part can be sent
   */
  static Optional<List<ByteRange>> select(String header, long size) {
    if (header == null || size == 0 || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return Optional.empty();
    }
    List<ByteRange> parts = new ArrayList<>();
    String[] specs = header.substring(UNIT.length()).split(",", PARTS_AT_MOST + 1);
    if (specs.length > PARTS_AT_MOST) {
      return Optional.empty();
    }
    long sum = 0;
    for (String spec : specs) {
      Matcher matcher = SPEC.matcher(spec.strip());
      if (!matcher.matches() || !isValid(matcher.group(1), matcher.group(2))) {
        return Optional.empty();
      }
      ByteRange part = part(matcher.group(1), matcher.group(2), size);
      if (part != null) {
        parts.add(part);
        sum += part.length();
      }
    }
    // Parts that overlap could make a small request cost many times the file.
    return sum > size ? Optional.empty() : Optional.of(parts);
  }

  private static boolean isValid(String first, String last) {
    if (first.isEmpty()) {
      return !last.isEmpty();
    }
    return last.isEmpty() || number(first) <= number(last);
  }

  /** Null if the part is not in the file. */
  private static ByteRange part(String first, String last, long size) {
    if (first.isEmpty()) {
      long length = Math.min(number(last), size);
      return length == 0 ? null : new ByteRange(size - length, size - 1);
    }
    long start = number(first);
    if (start >= size) {
      return null;
    }
    return new ByteRange(start, last.isEmpty() ? size - 1 : Math.min(number(last), size - 1));
  }

  private static long number(String digits) {
    return digits.length() > DIGITS_AT_MOST ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
