package org.wasmservlet.cgi;

/**
 * Stands in the log for a throwable whose message, or the message of whose cause, may quote a
 * module or a guest: the same stack traces, with texts that are short and {@linkplain Visible
 * visible}.
 */
public final class VisibleThrowable extends Throwable {
  private static final long serialVersionUID = 1L;

  private static final int TEXT_AT_MOST = 1000;
  private static final int CAUSES_AT_MOST = 10;

  private final String text;

  private VisibleThrowable(Throwable original, VisibleThrowable cause) {
    super(null, cause, false, true);
    this.text = Visible.escape(original.toString(), TEXT_AT_MOST);
    setStackTrace(original.getStackTrace());
  }

  /**
   * Makes what is to be logged.
   *
   * @param original what was thrown
   * @return a throwable that is never thrown
   */
  public static Throwable of(Throwable original) {
    return of(original, CAUSES_AT_MOST);
  }

  private static VisibleThrowable of(Throwable original, int causes) {
    Throwable cause = original.getCause();
    return new VisibleThrowable(
        original, cause == null || causes == 0 ? null : of(cause, causes - 1));
  }

  @Override
  public String toString() {
    return text;
  }
}
