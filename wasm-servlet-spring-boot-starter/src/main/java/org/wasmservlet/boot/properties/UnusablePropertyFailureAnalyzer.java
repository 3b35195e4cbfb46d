package org.wasmservlet.boot.properties;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says of each property that cannot be used where it is written, as Spring Boot does of its own.
 */
final class UnusablePropertyFailureAnalyzer
    extends AbstractFailureAnalyzer<UnusablePropertyException> {
  /** Made by Spring Boot. */
  UnusablePropertyFailureAnalyzer() {}

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnusablePropertyException cause) {
    StringBuilder description =
        new StringBuilder("The configuration of wasm-servlet cannot be used:\n");
    for (PropertyFault fault : cause.faults()) {
      description.append('\n');
      append(description, "Property", fault.property());
      append(description, "Value", fault.value() == null ? null : "\"" + fault.value() + "\"");
      append(description, "Origin", fault.origin());
      append(description, "Reason", fault.reason());
    }
    return new FailureAnalysis(
        description.toString(), "Correct the application's configuration", cause);
  }

  private static void append(StringBuilder description, String name, Object value) {
    if (value != null) {
      description.append("    ").append(name).append(": ").append(value).append('\n');
    }
  }
}
