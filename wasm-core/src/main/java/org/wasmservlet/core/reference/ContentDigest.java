package org.wasmservlet.core.reference;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 of some content, by which it is known. Immutable. */
public final class ContentDigest {
  private static final String ALGORITHM = "sha256:";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final String hex;

  private ContentDigest(String hex) {
    this.hex = hex;
  }

  /**
   * Reads a digest as registries write it.
   *
   * @param text {@code sha256:} and 64 digits
   * @return the digest
   * @throws IllegalArgumentException if it is none; the message says what one looks like
   */
  public static ContentDigest parse(String text) {
    if (!text.startsWith(ALGORITHM)) {
      throw new IllegalArgumentException(
          "a digest must be " + ALGORITHM + " and 64 hexadecimal digits");
    }
    return ofHex(text.substring(ALGORITHM.length()));
  }

  /**
   * Reads a digest's digits.
   *
   * @param hex 64 digits, in lower case
   * @return the digest
   * @throws IllegalArgumentException if they are not
   */
  public static ContentDigest ofHex(String hex) {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "a SHA-256 digest has 64 hexadecimal digits, in lower case, and this one "
              + hex.length()
              + " characters");
    }
    return new ContentDigest(hex);
  }

  /**
   * The digest of some bytes.
   *
   * @param content not null
   * @return its digest
   */
  public static ContentDigest of(byte[] content) {
    return new ContentDigest(HexFormat.of().formatHex(sha256().digest(content)));
  }

  /** The digest of what a {@linkplain #sha256 digester} has been given. */
  static ContentDigest of(MessageDigest digester) {
    return new ContentDigest(HexFormat.of().formatHex(digester.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Its digits.
   *
   * @return 64 of them, in lower case
   */
  public String hex() {
    return hex;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentDigest digest && hex.equals(digest.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  /** As registries write it. */
  @Override
  public String toString() {
    return ALGORITHM + hex;
  }
}
