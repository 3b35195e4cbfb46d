package org.wasmservlet.file;

import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another (RFC 9110, section 8.8).
 *
 * @param tag the entity tag with its quotes, and with {@code W/} if it is weak
 * @param modified when the file was modified last, in seconds since 1970
 * @param dateIsStrong whether the date alone tells two states apart (section 8.8.2.2)
 */
record Validators(String tag, long modified, boolean dateIsStrong) {
  static final String WEAK = "W/";

  /** A file may change again within the clock's resolution; until then its tag is a weak one. */
  private static final long TAG_SETTLES_AFTER_MILLIS = 2000;

  private static final long DATE_SETTLES_AFTER_MILLIS = 60_000;

  /**
   * Makes a file's validators.
   *
   * @param size in bytes
   * @param time when it was modified last
   * @param now in milliseconds since 1970
   */
  static Validators of(long size, FileTime time, long now) {
    long modified = time.toMillis();
    String tag =
        "\""
            + Long.toHexString(size)
            + "-"
            + Long.toHexString(time.to(TimeUnit.MICROSECONDS))
            + "\"";
    long age = now - modified;
    return new Validators(
        age < TAG_SETTLES_AFTER_MILLIS ? WEAK + tag : tag,
        // A date in the future would be no valid Last-Modified.
        Math.floorDiv(Math.min(modified, now), 1000L),
        age >= DATE_SETTLES_AFTER_MILLIS);
  }

  /** Compares as If-Match and If-Range do: both tags must be strong. */
  boolean isStrongly(String other) {
    return !tag.startsWith(WEAK) && tag.equals(other);
  }

  /** Compares as If-None-Match does. */
  boolean isWeakly(String other) {
    return opaque(tag).equals(opaque(other));
  }

  private static String opaque(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }
}
