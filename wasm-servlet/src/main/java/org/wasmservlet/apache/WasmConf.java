package org.wasmservlet.apache;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.Placeholders;

/**
 * Reads a file of {@code <Location>} blocks. Outside of blocks there may be Define and Include,
 * which may be inside as well; inside, SetHandler or AddHandler and the Wasm directives. Names are
 * taken in any case, as httpd takes them.
 */
public final class WasmConf {
  private static final Pattern DIRECTIVE = Pattern.compile("(\\S+)\\s*(.*)", Pattern.DOTALL);
  private static final Pattern SECTION = Pattern.compile("<\\s*(/?[^\\s>]*)(.*)", Pattern.DOTALL);
  private static final Set<String> HTTPDS_OWN =
      Set.of("define", "include", "sethandler", "addhandler");
  private static final int INCLUDES_AT_MOST = 16;

  private final ConfigSource source;
  private final Variables variables;
  private final Deque<String> open = new ArrayDeque<>();
  private final Map<String, LocationBlock> blocks = new LinkedHashMap<>();
  private OpenBlock block;

  private WasmConf(ConfigSource source, UnaryOperator<String> process) {
    this.source = source;
    this.variables = new Variables(process);
  }

  /**
   * Reads a file and those that it includes. <code>${name}</code> is a Define, else a system
   * property, else an environment variable.
   *
   * @param file the file's name, which the source knows
   * @param source where files are
   * @return the blocks in their order; each has a path of its own
   * @throws ConfigException if a file cannot be read or a line of it cannot be used
   */
  public static List<LocationBlock> read(String file, ConfigSource source) throws ConfigException {
    return read(file, source, Placeholders::ofThisProcess);
  }

  static List<LocationBlock> read(String file, ConfigSource source, UnaryOperator<String> process)
      throws ConfigException {
    WasmConf conf = new WasmConf(source, process);
    try {
      conf.readFile(file, source.read(file));
    } catch (IOException e) {
      throw new ConfigException(file, e.getMessage());
    }
    if (conf.block != null) {
      throw new ConfigException(conf.block.start(), "<Location>: has no </Location>");
    }
    return List.copyOf(conf.blocks.values());
  }

  private void readFile(String file, String text) throws ConfigException {
    open.push(file);
    for (LogicalLine line : LogicalLine.of(text)) {
      Position position = new Position(file, line.number());
      if (line.text().startsWith("<")) {
        readSection(position, line.text());
      } else {
        readDirective(position, line.text());
      }
    }
    open.pop();
  }

  private void readSection(Position position, String line) throws ConfigException {
    Matcher matcher = SECTION.matcher(line);
    if (!matcher.matches() || !line.endsWith(">")) {
      throw new ConfigException(position, line + ": has no > at its end");
    }
    String name = matcher.group(1);
    String rest = matcher.group(2);
    String argument = rest.substring(0, rest.length() - 1).strip();
    if (name.equalsIgnoreCase("Location")) {
      if (block != null) {
        throw new ConfigException(
            position, "<Location>: the one of " + block.start() + " has no </Location> yet");
      }
      block = new OpenBlock(path(position, argument), position);
    } else if (name.equalsIgnoreCase("/Location")) {
      endLocation(position, argument);
    } else {
      throw new ConfigException(position, "<" + name + ">: only <Location> is known here");
    }
  }

  private String path(Position position, String argument) throws ConfigException {
    List<String> words = words(position, "<Location>", argument);
    if (words.size() != 1) {
      throw new ConfigException(
          position,
          "<Location> '" + argument + "': must have one path, in quotes if it has blanks");
    }
    try {
      return LocationPath.of(words.get(0));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(position, "<Location> '" + argument + "': " + e.getMessage());
    }
  }

  private void endLocation(Position position, String argument) throws ConfigException {
    if (block == null || !argument.isEmpty()) {
      throw new ConfigException(
          position,
          "</Location>: " + (block == null ? "there is no <Location>" : "takes no argument"));
    }
    LocationBlock closed = block.close();
    LocationBlock first = blocks.putIfAbsent(closed.path(), closed);
    if (first != null) {
      throw new ConfigException(
          closed.position(), "<Location>: this path has a block already, " + first.position());
    }
    block = null;
  }

  private void readDirective(Position position, String line) throws ConfigException {
    Matcher matcher = DIRECTIVE.matcher(line);
    if (!matcher.matches()) {
      throw new ConfigException(position, "not a line of text");
    }
    String name = matcher.group(1);
    if (!isKnown(name)) {
      throw new ConfigException(position, name + ": not a directive that is known here");
    }
    List<String> words = words(position, name, matcher.group(2));
    if (name.equalsIgnoreCase("Define")) {
      define(position, words);
    } else if (name.equalsIgnoreCase("Include")) {
      include(position, words);
    } else if (block != null) {
      block.add(position, name, words);
    } else {
      throw new ConfigException(position, name + ": must be inside a <Location>");
    }
  }

  /** What begins as ours do is left to the table of directives, which knows what was meant. */
  private static boolean isKnown(String name) {
    return HTTPDS_OWN.contains(name.toLowerCase(Locale.ROOT))
        || name.regionMatches(true, 0, Directive.PREFIX, 0, Directive.PREFIX.length());
  }

  private void define(Position position, List<String> words) throws ConfigException {
    try {
      variables.define(words);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          position, "Define '" + String.join(" ", words) + "': " + e.getMessage());
    }
  }

  private void include(Position position, List<String> words) throws ConfigException {
    String value = String.join(" ", words);
    if (words.size() != 1) {
      throw new ConfigException(position, "Include '" + value + "': takes the name of one file");
    }
    if (open.contains(value) || open.size() > INCLUDES_AT_MOST) {
      throw new ConfigException(position, "Include '" + value + "': is being read already");
    }
    String text;
    try {
      text = source.read(value);
    } catch (IOException e) {
      throw new ConfigException(position, "Include '" + value + "': " + e.getMessage());
    }
    readFile(value, text);
  }

  private List<String> words(Position position, String name, String arguments)
      throws ConfigException {
    try {
      return variables.words(arguments);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(position, name + " '" + arguments + "': " + e.getMessage());
    }
  }
}
