package org.wasmservlet.apache;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.directive.Words;

/** A {@code <Location>} block whose end has not come yet. */
final class OpenBlock {
  private static final String HANDLER = "wasm-handler";

  private final String path;
  private final Position start;
  private final Map<String, String> initParams = new LinkedHashMap<>();
  private boolean handled;

  OpenBlock(String path, Position start) {
    this.path = path;
    this.start = start;
  }

  Position start() {
    return start;
  }

  /** Adds a directive, and says at once if its name or its value cannot be. */
  void add(Position position, String name, List<String> words) throws ConfigException {
    if (name.equalsIgnoreCase("SetHandler")) {
      requireOurHandler(position, "SetHandler", words, words.size() == 1);
    } else if (name.equalsIgnoreCase("AddHandler")) {
      requireOurHandler(position, "AddHandler", words, words.size() > 1);
      add(position, Directive.HANDLER.parameter(), words.subList(1, words.size()));
    } else {
      addInitParam(position, name, words);
    }
  }

  LocationBlock close() throws ConfigException {
    if (!handled) {
      throw new ConfigException(start, "<Location>: has no SetHandler " + HANDLER);
    }
    return new LocationBlock(path, start, initParams);
  }

  private void requireOurHandler(
      Position position, String directive, List<String> words, boolean complete)
      throws ConfigException {
    if (!complete || !words.get(0).equals(HANDLER)) {
      throw new ConfigException(
          position,
          directive
              + " '"
              + String.join(" ", words)
              + "': must be "
              + HANDLER
              + (directive.equals("AddHandler") ? " and suffixes" : ""));
    }
    handled = true;
  }

  private void addInitParam(Position position, String name, List<String> words)
      throws ConfigException {
    if (words.isEmpty()) {
      throw new ConfigException(position, name + ": has no value");
    }
    String parameter = Directive.namedInAnyCase(name).map(Directive::parameter).orElse(name);
    String value = initParams.merge(parameter, Words.join(words), (a, b) -> a + "\n" + b);
    try {
      Directives.read(Map.of(parameter, value));
    } catch (DirectiveException e) {
      throw new ConfigException(position, e.getMessage());
    }
  }
}
