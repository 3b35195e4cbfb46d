package org.wasmservlet.status;

/**
 * Writes HTML: markup is what this library has written, text is escaped whoever has written it. Not
 * thread-safe.
 */
final class Html {
  private final StringBuilder html = new StringBuilder(16 << 10);

  /** Adds what is HTML already; never what comes from elsewhere. */
  Html markup(String constant) {
    html.append(constant);
    return this;
  }

  /** Adds a number of an SVG. */
  Html number(double number) {
    // Two digits, without a locale's comma and without exponents.
    long hundredths = Math.round(number * 100);
    html.append(hundredths / 100.0);
    return this;
  }

  /** Adds text, for between tags and for attributes in double quotes. */
  Html text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> {
          if (isInvisible(c)) {
            html.append(String.format("\\u%04x", (int) c));
          } else {
            html.append(c);
          }
        }
      }
    }
    return this;
  }

  /** Control characters, and those that turn the direction of what follows or are half a pair. */
  private static boolean isInvisible(char c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || c == '\u2028'
        || c == '\u2029';
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
