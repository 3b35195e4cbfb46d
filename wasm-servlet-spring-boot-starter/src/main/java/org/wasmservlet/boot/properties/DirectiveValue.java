package org.wasmservlet.boot.properties;

import java.util.List;
import java.util.stream.Collectors;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.Words;

/** Writes a property's value as the init-param of a directive. */
final class DirectiveValue {
  private DirectiveValue() {}

  /** Of a property that has one value. */
  static String of(Directive directive, String value) {
    return isSwitch(directive) ? onOrOff(value) : line(directive, value);
  }

  /**
   * Of a property that is a list: an occurrence of the directive each, or a word of its only one.
   */
  static String of(Directive directive, List<String> values) {
    return values.stream()
        .map(value -> line(directive, value))
        .collect(Collectors.joining(directive.repeatable() ? "\n" : " "));
  }

  /** What YAML makes of {@code on} and {@code off}. */
  private static String onOrOff(String value) {
    return switch (value) {
      case "true" -> "On";
      case "false" -> "Off";
      default -> value;
    };
  }

  private static boolean isSwitch(Directive directive) {
    return directive == Directive.CACHE_DIR
        || "On".equals(directive.defaultValue())
        || "Off".equals(directive.defaultValue());
  }

  /** A property ends where it ends: one word needs no quotes. */
  private static String line(Directive directive, String value) {
    boolean isWritten =
        !directive.takesOneWord()
            || value.isBlank()
            || value.contains("\n")
            || value.startsWith("\"")
            || value.startsWith("'");
    return isWritten ? value : Words.join(List.of(value.strip()));
  }
}
