package org.wasmservlet.boot.route;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;

/**
 * The servlets and filters of a web application that could not be initialised while it started.
 * Containers log that and go on, or forget why; the application fails instead. Thread-safe.
 */
final class StartFailures {
  private static final String ATTRIBUTE = StartFailures.class.getName();

  private final List<Failure> failures = new ArrayList<>();
  private boolean taken;

  private StartFailures() {}

  /** What could not be initialised, and why. */
  record Failure(String name, ServletException cause) {}

  static StartFailures of(ServletContext context) {
    synchronized (StartFailures.class) {
      if (context.getAttribute(ATTRIBUTE) instanceof StartFailures present) {
        return present;
      }
      StartFailures failures = new StartFailures();
      context.setAttribute(ATTRIBUTE, failures);
      return failures;
    }
  }

  /**
   * Keeps a failure.
   *
   * @throws ServletException the cause, if nobody asks any more
   */
  synchronized void add(String name, ServletException cause) throws ServletException {
    if (taken) {
      throw cause;
    }
    failures.add(new Failure(name, cause));
  }

  /** To be called once; what comes later is the container's affair. */
  synchronized List<Failure> take() {
    taken = true;
    return List.copyOf(failures);
  }
}
