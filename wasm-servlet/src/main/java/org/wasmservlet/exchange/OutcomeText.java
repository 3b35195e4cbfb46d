package org.wasmservlet.exchange;

import org.wasmservlet.admission.TotalMemory;
import org.wasmservlet.cgi.Visible;
import org.wasmservlet.core.Outcome;

/** How a guest ended, in words for the log and the metrics. What comes of the guest is escaped. */
final class OutcomeText {
  /** As many characters of one line as come from a client or a guest. */
  static final int LINE_AT_MOST = 1000;

  private OutcomeText() {}

  /** Whose memory it was, and how the guest took it. */
  static String describe(Outcome.Refused refused) {
    String why =
        "the memory of all guests is used up, which may have "
            + refused.budget()
            + " bytes ("
            + TotalMemory.PARAMETER
            + ")";
    if (refused.failure() instanceof Outcome.Exit exit) {
      why += "; the guest asked for more and ended with " + describe(exit);
    } else if (refused.failure() instanceof Outcome.Trap trap) {
      why += "; the guest asked for more and ended with a " + summary(trap);
    }
    return why;
  }

  /** What comes after the cause; nothing where there was no output. */
  static String discarded(String discarded) {
    return discarded.isEmpty() ? "" : System.lineSeparator() + "    its output began " + discarded;
  }

  /** As the guest gave it. */
  static String describe(Outcome.Exit exit) {
    return "exit code " + Integer.toUnsignedString(exit.code());
  }

  /** One line. */
  static String summary(Outcome.Trap trap) {
    String where = trap.backtrace().isEmpty() ? "" : " at " + trap.backtrace().get(0);
    return "trap: " + Visible.escape(trap.message() + where, LINE_AT_MOST);
  }

  /** With all of its backtrace, a line for each function. */
  static String describe(Outcome.Trap trap) {
    StringBuilder text = new StringBuilder("trap: ");
    text.append(Visible.escape(trap.message(), LINE_AT_MOST));
    for (String function : trap.backtrace()) {
      text.append(System.lineSeparator()).append("    at ");
      text.append(Visible.escape(function, LINE_AT_MOST));
    }
    return text.toString();
  }
}
