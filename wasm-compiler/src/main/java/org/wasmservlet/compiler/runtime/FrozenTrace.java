package org.wasmservlet.compiler.runtime;

import java.util.Arrays;
import java.util.List;

/** Tells in a stack trace which frozen functions would have been on the stack. */
final class FrozenTrace {
  private FrozenTrace() {}

  /**
   * Puts them below the function that was running, where they would be.
   *
   * @param waiting those that are not on the Java stack, innermost first
   */
  static void append(Throwable thrown, List<FrozenStack.Frame> waiting) {
    Throwable shown = thrown instanceof HostFailure ? thrown.getCause() : thrown;
    StackTraceElement[] trace = shown.getStackTrace();
    int at = 0;
    while (at < trace.length && !isResumption(trace[at])) {
      at++;
    }
    if (at == trace.length) {
      // It has none, or a part of it.
      return;
    }
    StackTraceElement[] all = Arrays.copyOf(trace, trace.length + waiting.size());
    System.arraycopy(trace, at, all, at + waiting.size(), trace.length - at);
    for (int i = 0; i < waiting.size(); i++) {
      FrozenStack.Frame frame = waiting.get(i);
      String method = "f_" + frame.activation().function();
      all[at + i] = new StackTraceElement(frame.resumer().getClass().getName(), method, null, -1);
    }
    shown.setStackTrace(all);
  }

  private static boolean isResumption(StackTraceElement element) {
    return element.getClassName().equals(FrozenStack.class.getName());
  }
}
