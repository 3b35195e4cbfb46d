package org.wasmservlet.cli;

import java.io.PrintStream;
import org.wasmservlet.cgi.Visible;

/** What the command has to say, a line each, and whether anything went wrong. */
final class Report {
  private static final int LINE_AT_MOST = 4000;

  private final PrintStream out;
  private int failures;

  Report(PrintStream out) {
    this.out = out;
  }

  /**
   * Says something.
   *
   * @param what it is about
   */
  void say(Object what, String text) {
    // Names out of modules and archives may be in it.
    out.println(Visible.escape(what + ": " + text, LINE_AT_MOST));
  }

  /**
   * Says what went wrong.
   *
   * @param what it is about
   */
  void fail(Object what, String text) {
    failures++;
    say(what, text);
  }

  boolean isWithoutFailures() {
    return failures == 0;
  }
}
