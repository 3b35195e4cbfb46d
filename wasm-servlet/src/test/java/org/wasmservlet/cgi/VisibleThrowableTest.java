package org.wasmservlet.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VisibleThrowableTest {
  @Test
  void keepsTypesAndPlacesAndEscapesTexts() {
    Throwable cause = new IllegalStateException("b\nWARNING: forged \u202e");
    String trace = trace(new IOException("a\u001b[2J", cause));
    assertThat(trace)
        .contains("java.io.IOException: a\\u001b[2J")
        .contains("Caused by: java.lang.IllegalStateException: b\\u000aWARNING: forged \\u202e")
        .contains("at " + getClass().getName())
        .doesNotContain("\u202e", "\nWARNING", "\u001b");
  }

  @Test
  void isShortHoweverLongATextIs() {
    String trace = trace(new IOException("x".repeat(1_000_000)));
    assertThat(trace.lines()).allMatch(line -> line.length() < 1100);
  }

  @Test
  void endsWhereCausesGoRound() {
    Exception one = new Exception("one");
    one.initCause(new Exception("two", one));
    assertThat(trace(one)).hasSizeLessThan(200_000);
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    VisibleThrowable.of(thrown).printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
