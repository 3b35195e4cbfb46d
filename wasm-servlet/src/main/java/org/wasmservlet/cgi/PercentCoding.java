package org.wasmservlet.cgi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Percent-encoding of paths (RFC 3986, section 2.1), in UTF-8. A plus sign stands for itself. */
public final class PercentCoding {
  private static final String UNENCODED = "/-._~!$&'()*+,;=:@";

  private PercentCoding() {}

  /**
   * Decodes a path.
   *
   * @param path encoded; what is no valid encoding is left as it is
   * @return decoded
   */
  public static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    byte[] encoded = path.getBytes(UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      int high = encoded[i] == '%' && i + 2 < encoded.length ? hex(encoded[i + 1]) : -1;
      int low = high < 0 ? -1 : hex(encoded[i + 2]);
      if (low >= 0) {
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(encoded[i]);
      }
    }
    return decoded.toString(UTF_8);
  }

  /**
   * Encodes a path for a URI.
   *
   * @param path decoded
   * @return encoded
   */
  public static String encode(String path) {
    StringBuilder encoded = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || UNENCODED.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static int hex(byte b) {
    return b < 0 ? -1 : Character.digit((char) b, 16);
  }
}
