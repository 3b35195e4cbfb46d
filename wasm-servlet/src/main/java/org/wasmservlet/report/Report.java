package org.wasmservlet.report;

import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import org.wasmservlet.cgi.Visible;

/** What there is to say, a line each, and whether anything went wrong. For one thread. */
public final class Report {
  private static final int LINE_AT_MOST = 4000;

  private final BiConsumer<Level, String> lines;
  private int failures;

  /**
   * Begins one.
   *
   * @param lines gets each, with nothing in it that a terminal would take for a command
   */
  public Report(BiConsumer<Level, String> lines) {
    this.lines = lines;
  }

  /**
   * Says something.
   *
   * @param what it is about
   * @param text of the line
   */
  public void say(Object what, String text) {
    tell(Level.INFO, what, text);
  }

  /**
   * Says what is not as it should be, and may be meant.
   *
   * @param what it is about
   * @param text of the line
   */
  public void warn(Object what, String text) {
    tell(Level.WARNING, what, text);
  }

  /**
   * Says what went wrong.
   *
   * @param what it is about
   * @param text of the line
   */
  public void fail(Object what, String text) {
    failures++;
    tell(Level.ERROR, what, text);
  }

  private void tell(Level level, Object what, String text) {
    // Names out of modules and archives may be in it.
    lines.accept(level, Visible.escape(what + ": " + text, LINE_AT_MOST));
  }

  /**
   * Tells how it went.
   *
   * @return false if something went wrong
   */
  public boolean isWithoutFailures() {
    return failures == 0;
  }
}
