package org.wasmservlet.cgi;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Makes text that a guest wrote fit for one line of a log: short, and nothing invisible in it. */
public final class Visible {
  private static final int LENGTH_AT_MOST = 200;

  private Visible() {}

  static String text(String text) {
    return text.length() <= LENGTH_AT_MOST
        ? "'" + escape(text) + "'"
        : "'" + escape(text.substring(0, LENGTH_AT_MOST)) + "'...";
  }

  static String text(byte[] bytes) {
    return text(new String(bytes, UTF_8));
  }

  /**
   * Replaces control characters, which could forge log lines or steer a terminal, by escapes.
   *
   * @param text any text
   * @return the same without control characters but tabs
   */
  public static String escape(String text) {
    StringBuilder visible = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c != '\t' && Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      if (control && visible == null) {
        visible = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (control) {
        visible.append(String.format("\\u%04x", (int) c));
      } else if (visible != null) {
        visible.append(c);
      }
    }
    return visible == null ? text : visible.toString();
  }
}
