package org.wasmservlet.status;

/** Writes JSON (RFC 8259). Commas are put where they belong; the caller balances brackets. */
final class Json {
  private final StringBuilder json = new StringBuilder(16 << 10);
  private boolean first = true;

  Json open(char bracket) {
    separate();
    json.append(bracket);
    first = true;
    return this;
  }

  Json close(char bracket) {
    json.append(bracket);
    first = false;
    return this;
  }

  Json name(String name) {
    separate();
    quote(name);
    json.append(':');
    first = true;
    return this;
  }

  Json value(String text) {
    separate();
    quote(text);
    return this;
  }

  Json value(long number) {
    separate();
    json.append(number);
    return this;
  }

  /** Rounded to a thousandth. */
  Json value(double number) {
    separate();
    json.append(Math.round(number * 1000) / 1000.0);
    return this;
  }

  private void separate() {
    if (!first) {
      json.append(',');
    }
    first = false;
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' '
          || c == '<'
          || c >= 0x7f && c < 0xa0
          || c >= 0x2000 && c < 0x2070
          || Character.isSurrogate(c)) {
        // The last ones also for readers that take it for something else than JSON.
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
