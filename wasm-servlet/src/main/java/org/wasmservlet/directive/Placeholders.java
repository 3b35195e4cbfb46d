package org.wasmservlet.directive;

import java.util.function.UnaryOperator;

/** Replaces <code>${name}</code> by a system property, else by an environment variable. */
public final class Placeholders {
  private final UnaryOperator<String> lookup;

  /**
   * Makes a replacer.
   *
   * @param lookup gives the value of a name, or null
   */
  public Placeholders(UnaryOperator<String> lookup) {
    this.lookup = lookup;
  }

  static Placeholders ofThisProcess() {
    return new Placeholders(Placeholders::ofThisProcess);
  }

  /**
   * Looks a name up as init-params do.
   *
   * @param name of a system property or an environment variable
   * @return its value, or null
   */
  public static String ofThisProcess(String name) {
    String property = System.getProperty(name);
    return property != null ? property : System.getenv(name);
  }

  /**
   * Replaces every placeholder of a word. A value is not searched for further placeholders.
   *
   * @param word with any number of placeholders
   * @return the word with their values
   * @throws IllegalArgumentException if a name has no value or a brace is not closed
   */
  public String replace(String word) {
    int open = word.indexOf("${");
    if (open < 0) {
      return word;
    }
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    while (open >= 0) {
      int close = word.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("'" + word.substring(open) + "' has no closing brace");
      }
      String name = word.substring(open + 2, close);
      String value = name.isEmpty() ? null : lookup.apply(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "${" + name + "} is neither a system property nor an environment variable");
      }
      replaced.append(word, from, open).append(value);
      from = close + 1;
      open = word.indexOf("${", from);
    }
    return replaced.append(word, from, word.length()).toString();
  }
}
