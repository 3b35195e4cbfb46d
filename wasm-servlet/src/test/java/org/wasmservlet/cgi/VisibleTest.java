package org.wasmservlet.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain text", "a\tb", "Zoë", "日本語", "😀", "\\u202e"})
  void leavesWhatCanBeSeen(String text) {
    assertThat(Visible.escape(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, \\u0000",
    "0a, \\u000a",
    "0d, \\u000d",
    "1b, \\u001b",
    "7f, \\u007f",
    "85, \\u0085",
    "ad, \\u00ad",
    "61c, \\u061c",
    "200b, \\u200b",
    "200e, \\u200e",
    "2028, \\u2028",
    "2029, \\u2029",
    "202e, \\u202e",
    "2066, \\u2066",
    "feff, \\ufeff",
    "d800, \\ud800",
    "dc00, \\udc00",
    "e0041, \\udb40\\udc41"
  })
  void escapesWhatCannot(String codePoint, String escaped) {
    String text = Character.toString(Integer.parseInt(codePoint, 16));
    assertThat(Visible.escape("a" + text + "ë")).isEqualTo("a" + escaped + "ë");
  }

  @Test
  void shortens() {
    assertThat(Visible.escape("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Visible.escape("abcdef", 3)).isEqualTo("abc...");
    assertThat(Visible.escape(null, 10)).isEqualTo("null");
    assertThat(Visible.text("x".repeat(300))).isEqualTo("'" + "x".repeat(200) + "'...");
    // Half of a character is not shown as one.
    assertThat(Visible.escape("ab😀", 3)).isEqualTo("ab\\ud83d...");
  }
}
