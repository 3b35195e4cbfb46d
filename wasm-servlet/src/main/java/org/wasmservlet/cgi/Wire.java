package org.wasmservlet.cgi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;

/**
 * Gets back the bytes that a client has sent from what a container has made of them: strings whose
 * characters are bytes.
 */
public final class Wire {
  private Wire() {}

  /**
   * The bytes of text in UTF-8.
   *
   * @param text any text
   * @return each byte as a character
   */
  public static String bytesOfText(String text) {
    return isAscii(text) ? text : new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /**
   * The bytes of a header's value. Containers make a character of each byte, so that nothing is
   * lost (RFC 9110, section 5.5); what has other characters was made by a filter, as text.
   */
  static String bytesAsSent(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff) {
        return bytesOfText(value);
      }
    }
    return value;
  }

  /**
   * Whether a container has decoded the bytes above 7F in a URI as UTF-8. Jetty has; others keep
   * them as characters, or refuse them.
   */
  static boolean decodesUris(String serverInfo) {
    return isJetty(serverInfo);
  }

  /** In what a container has read a form that says nothing of it. */
  static Charset formsCharset(String serverInfo) {
    // The servlet specification says ISO-8859-1 (section 3.12), the one of URLs UTF-8.
    return isJetty(serverInfo) ? UTF_8 : ISO_8859_1;
  }

  private static boolean isJetty(String serverInfo) {
    return serverInfo != null && serverInfo.toLowerCase(Locale.ROOT).startsWith("jetty");
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
