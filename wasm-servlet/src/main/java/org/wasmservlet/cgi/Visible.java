package org.wasmservlet.cgi;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Makes text that a guest wrote fit for one line of a log: short, and nothing invisible in it. */
public final class Visible {
  private static final int LENGTH_AT_MOST = 200;

  /** Unicode's general categories of what cannot be seen, or steers how other text is seen. */
  private static final int INVISIBLE =
      1 << Character.CONTROL
          | 1 << Character.FORMAT
          | 1 << Character.LINE_SEPARATOR
          | 1 << Character.PARAGRAPH_SEPARATOR
          | 1 << Character.SURROGATE;

  private Visible() {}

  /**
   * Quotes text.
   *
   * @param text any text
   * @return its first 200 characters, escaped
   */
  public static String text(String text) {
    return text.length() <= LENGTH_AT_MOST
        ? "'" + escape(text) + "'"
        : "'" + escape(text.substring(0, LENGTH_AT_MOST)) + "'...";
  }

  static String text(byte[] bytes) {
    return text(new String(bytes, UTF_8));
  }

  /**
   * Escapes and shortens text.
   *
   * @param text any text, or null
   * @param most as many characters as are kept of it
   * @return without what is invisible
   */
  public static String escape(String text, int most) {
    String all = String.valueOf(text);
    return all.length() <= most ? escape(all) : escape(all.substring(0, most)) + "...";
  }

  /**
   * Replaces what could forge log lines, steer a terminal or change the order in which text is read
   * by escapes: control and format characters, separators of lines, halves of surrogate pairs.
   *
   * @param text any text
   * @return the same with tabs, and nothing else that is invisible
   */
  public static String escape(String text) {
    int plain = 0;
    while (plain < text.length() && text.charAt(plain) >= ' ' && text.charAt(plain) < 0x7f) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16).append(text, 0, plain);
    for (int i = plain; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (c != '\t' && (INVISIBLE >> Character.getType(c) & 1) != 0) {
        for (; i < next; i++) {
          visible.append(String.format("\\u%04x", (int) text.charAt(i)));
        }
      } else {
        visible.appendCodePoint(c);
      }
      i = next;
    }
    return visible.toString();
  }
}
