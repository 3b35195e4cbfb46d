package org.wasmservlet.directive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The directives of one servlet, split into words and with their placeholders replaced. Immutable.
 */
public final class Directives {
  private static final List<String> NAMES =
      Arrays.stream(Directive.values()).map(Directive::parameter).toList();

  private final Map<Directive, List<List<String>>> occurrences;

  private Directives(Map<Directive, List<List<String>>> occurrences) {
    this.occurrences = occurrences;
  }

  /**
   * Reads init-params; those whose names do not begin with {@value Directive#PREFIX} are passed
   * over.
   *
   * @param initParams values by name
   * @return the directives
   * @throws DirectiveException if a name is unknown or a value cannot be read
   */
  public static Directives read(Map<String, String> initParams) throws DirectiveException {
    return read(initParams, Placeholders.ofThisProcess());
  }

  static Directives read(Map<String, String> initParams, Placeholders placeholders)
      throws DirectiveException {
    Map<Directive, List<List<String>>> occurrences = new EnumMap<>(Directive.class);
    for (Map.Entry<String, String> param : initParams.entrySet()) {
      String name = param.getKey();
      if (name.regionMatches(true, 0, Directive.PREFIX, 0, Directive.PREFIX.length())) {
        Directive directive = known(name, param.getValue());
        occurrences.put(directive, lines(directive, param.getValue(), placeholders));
      }
    }
    return new Directives(occurrences);
  }

  /**
   * The occurrences of a directive.
   *
   * @param directive which one
   * @return the words of each, in their order; empty if it is not there
   */
  public List<List<String>> all(Directive directive) {
    return occurrences.getOrDefault(directive, List.of());
  }

  /**
   * The words of a directive that may occur once.
   *
   * @param directive which one
   * @return its words, or none if it is not there
   */
  public List<String> words(Directive directive) {
    List<List<String>> all = all(directive);
    return all.isEmpty() ? List.of() : all.get(0);
  }

  /**
   * The value of a directive that has one word.
   *
   * @param directive which one
   * @return its value, else its default, else null
   */
  public String value(Directive directive) {
    List<String> words = words(directive);
    return words.isEmpty() ? directive.defaultValue() : words.get(0);
  }

  /**
   * The value of a directive that is On or Off.
   *
   * @param directive which one
   * @return true for On
   * @throws DirectiveException if it is neither
   */
  public boolean isOn(Directive directive) throws DirectiveException {
    String value = value(directive);
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new DirectiveException(directive.parameter(), value, "must be On or Off");
    };
  }

  /**
   * The value of a directive that is a size.
   *
   * @param directive which one; it must have a value or a default
   * @return bytes
   * @throws DirectiveException if it is no size
   */
  public long bytes(Directive directive) throws DirectiveException {
    return parsed(directive, ByteSize::parse);
  }

  /**
   * The value of a directive that is a time span.
   *
   * @param directive which one; it must have a value or a default
   * @return how long
   * @throws DirectiveException if it is no time span
   */
  public Duration duration(Directive directive) throws DirectiveException {
    return parsed(directive, TimeSpan::parse);
  }

  /**
   * The value of a directive that is a count.
   *
   * @param directive which one; it must have a value or a default
   * @param least the least that makes sense
   * @return a number from there on
   * @throws DirectiveException if it is not
   */
  public int count(Directive directive, int least) throws DirectiveException {
    return parsed(directive, text -> parseCount(text, least));
  }

  /**
   * Reads a size that is no directive's, as directives' sizes are read.
   *
   * @param text what is written
   * @return bytes
   * @throws IllegalArgumentException if it is no size
   */
  public static long parseBytes(String text) {
    return ByteSize.parse(text);
  }

  private static int parseCount(String text, int least) {
    int count;
    try {
      count = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number", e);
    }
    if (count < least) {
      throw new IllegalArgumentException("must be " + least + " or more");
    }
    return count;
  }

  private <T> T parsed(Directive directive, Function<String, T> parser) throws DirectiveException {
    String value = value(directive);
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new DirectiveException(directive.parameter(), value, e.getMessage());
    }
  }

  private static Directive known(String name, String value) throws DirectiveException {
    Optional<Directive> directive = Directive.named(name);
    if (directive.isPresent()) {
      return directive.get();
    }
    throw new DirectiveException(
        name,
        value.strip(),
        "no such parameter; did you mean " + NearestName.of(name, NAMES) + "?");
  }

  private static List<List<String>> lines(
      Directive directive, String value, Placeholders placeholders) throws DirectiveException {
    List<List<String>> occurrences = new ArrayList<>();
    for (String raw : value.split("\n", -1)) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      occurrences.add(words(directive, line, placeholders));
      if (occurrences.size() > 1 && !directive.repeatable()) {
        throw new DirectiveException(directive.parameter(), line, "may be given only once");
      }
    }
    if (occurrences.isEmpty() && !directive.repeatable()) {
      throw new DirectiveException(directive.parameter(), value.strip(), "has no value");
    }
    return List.copyOf(occurrences);
  }

  private static List<String> words(Directive directive, String line, Placeholders placeholders)
      throws DirectiveException {
    List<String> words = new ArrayList<>();
    try {
      for (String word : Words.split(line)) {
        words.add(placeholders.replace(word));
      }
    } catch (IllegalArgumentException e) {
      throw new DirectiveException(directive.parameter(), line, e.getMessage());
    }
    if (directive.words() != Directive.ANY_NUMBER
        && (words.size() < directive.words() || words.size() > directive.mostWords())) {
      throw new DirectiveException(
          directive.parameter(),
          line,
          "takes "
              + count(directive)
              + " a line, found "
              + words.size()
              + "; put quotes around a word that has blanks");
    }
    return List.copyOf(words);
  }

  private static String count(Directive directive) {
    if (directive.words() != directive.mostWords()) {
      return directive.words() + " or " + directive.mostWords() + " words";
    }
    return directive.words() == 1 ? "one word" : directive.words() + " words";
  }
}
