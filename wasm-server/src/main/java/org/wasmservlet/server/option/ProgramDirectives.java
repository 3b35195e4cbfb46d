package org.wasmservlet.server.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.directive.Words;

/** Collects the init-params of a program, and of which option each is. */
final class ProgramDirectives {
  private final Map<String, String> initParams = new LinkedHashMap<>();
  private final Map<String, String> origins = new LinkedHashMap<>();

  ProgramDirectives() {}

  Content.Program program() {
    return new Content.Program(initParams, origins);
  }

  boolean has(Directive directive) {
    return initParams.containsKey(directive.parameter());
  }

  /** Whether a directory has that name already. */
  boolean mapsGuestPath(String path) {
    return occurrences(Directive.MAP_DIR).stream().anyMatch(words -> words.get(0).equals(path))
        || occurrences(Directive.DIR).stream().anyMatch(words -> words.get(0).equals(path));
  }

  boolean hasVariable(String name) {
    return occurrences(Directive.ENV).stream().anyMatch(words -> words.get(0).equals(name));
  }

  private List<List<String>> occurrences(Directive directive) {
    try {
      return Directives.read(initParams).all(directive);
    } catch (DirectiveException e) {
      throw new IllegalStateException("what was added can be read", e);
    }
  }

  /**
   * Adds a directive as it stands in a configuration file.
   *
   * @throws UsageException if its name or its value cannot be
   */
  void addWritten(String option, String line) throws UsageException {
    String[] parts = line.strip().split("\\s+", 2);
    if (!parts[0].regionMatches(true, 0, Directive.PREFIX, 0, Directive.PREFIX.length())) {
      throw new UsageException(
          option, line, "must be one of the directives, which begin with Wasm");
    }
    if (parts.length < 2) {
      throw new UsageException(option, line, "has no value");
    }
    String name = Directive.namedInAnyCase(parts[0]).map(Directive::parameter).orElse(parts[0]);
    add(option, line, name, parts[1]);
  }

  /**
   * Adds one whose words are to be taken as they are.
   *
   * @throws UsageException if they cannot be
   */
  void add(String option, String value, Directive directive, String... words)
      throws UsageException {
    for (String word : words) {
      if (word.contains("${") || word.indexOf('\n') >= 0 || word.indexOf('\r') >= 0) {
        throw new UsageException(option, value, "has a line break or a ${, which no directive has");
      }
    }
    add(option, value, directive.parameter(), Words.join(List.of(words)));
  }

  private void add(String option, String value, String parameter, String line)
      throws UsageException {
    String all = initParams.merge(parameter, line, (a, b) -> a + "\n" + b);
    origins.merge(parameter, option, (a, b) -> a.equals(b) ? a : a + " and " + b);
    try {
      Directives.read(Map.of(parameter, all));
    } catch (DirectiveException e) {
      throw new UsageException(option, value, e.getMessage());
    }
  }

  /** Adds an occurrence of what may be there. */
  void addLine(Directive directive, String line) {
    initParams.merge(directive.parameter(), line, (a, b) -> a + "\n" + b);
  }

  /** Adds what is usual. */
  void addUnlessThere(Directive directive, String value) {
    initParams.putIfAbsent(directive.parameter(), value);
  }
}
