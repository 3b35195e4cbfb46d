package org.wasmservlet.apache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.wasmservlet.directive.Placeholders;
import org.wasmservlet.directive.Words;

/** What <code>${name}</code> stands for: a Define, else what the process has of that name. */
final class Variables {
  private final Map<String, String> defined = new HashMap<>();
  private final Placeholders placeholders;

  /**
   * Makes variables without a Define.
   *
   * @param process gives the value of a name that is not defined, or null
   */
  Variables(UnaryOperator<String> process) {
    this.placeholders =
        new Placeholders(
            name -> {
              String value = defined.get(name);
              return value != null ? value : process.apply(name);
            });
  }

  /**
   * Defines a name.
   *
   * @throws IllegalArgumentException if it cannot be written as <code>${name}</code>
   */
  void define(List<String> words) {
    if (words.isEmpty() || words.size() > 2) {
      throw new IllegalArgumentException("takes a name and a value");
    }
    String name = words.get(0);
    if (!name.matches("[\\w.-]+")) {
      throw new IllegalArgumentException("not a name of letters, digits, dots and hyphens");
    }
    defined.put(name, words.size() == 2 ? words.get(1) : "");
  }

  /**
   * Splits a line into words, and replaces what they refer to. What is put in is not split.
   *
   * @throws IllegalArgumentException if a quote is out of place or a name has no value
   */
  List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : Words.split(line)) {
      String replaced = placeholders.replace(word);
      if (replaced.contains("${") || replaced.indexOf('\n') >= 0 || replaced.indexOf('\r') >= 0) {
        throw new IllegalArgumentException(
            "the value of " + word + " has a line break or a ${ of its own");
      }
      words.add(replaced);
    }
    return words;
  }
}
