package org.wasmservlet.bench.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.wasmservlet.bench.Folders;

/** PHP's own tests: files of named sections, of which FILE is the script. */
final class PhpTests implements Suite {
  private static final String GUEST = "/tests";
  private static final Path NOTHING = Path.of("/dev/null");

  /** What a test that has these needs is more than a script. */
  private static final List<String> WEB =
      List.of("POST", "POST_RAW", "PUT", "GET", "COOKIE", "CGI", "HEADERS", "REDIRECTTEST");

  private static final List<String> SETTINGS =
      List.of(
          "display_errors=1",
          "display_startup_errors=1",
          "error_reporting=32767",
          "log_errors=0",
          "html_errors=0",
          "output_buffering=0",
          "precision=14",
          "serialize_precision=-1",
          "memory_limit=128M",
          "date.timezone=UTC");

  /** The extensions of the module. */
  private static final List<String> EXTENSIONS =
      List.of(
          "core",
          "ctype",
          "date",
          "dom",
          "fileinfo",
          "filter",
          "gd",
          "hash",
          "json",
          "libxml",
          "mbstring",
          "pcre",
          "pdo",
          "pdo_sqlite",
          "phar",
          "random",
          "reflection",
          "session",
          "simplexml",
          "spl",
          "sqlite3",
          "standard",
          "tokenizer",
          "xml",
          "xmlreader",
          "xmlwriter");

  @Override
  public String module() {
    return "php-cgi-8.2.0.wasm";
  }

  @Override
  public Map<String, Path> preopens(Path copy, Path runtimes) {
    return Map.of(GUEST, copy);
  }

  @Override
  public List<Case> cases(Path copy) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (Path file : Folders.files(copy, ".phpt")) {
      Map<String, String> sections = sections(Files.readString(file, ISO_8859_1));
      if (sections.keySet().stream().noneMatch(WEB::contains)
          && (sections.containsKey("FILE") || sections.containsKey("FILEEOF"))
          && sections.getOrDefault("EXTENSIONS", "").lines().allMatch(PhpTests::isThere)) {
        cases.add(test(copy, file, sections));
      }
    }
    return cases;
  }

  private static boolean isThere(String extension) {
    return EXTENSIONS.contains(extension.strip().toLowerCase(java.util.Locale.ROOT));
  }

  private static Case test(Path copy, Path file, Map<String, String> sections) throws IOException {
    String name = copy.relativize(file).toString().replaceFirst("\\.phpt$", "");
    String script = sections.get("FILE");
    if (script == null) {
      // This one has no line break at its end.
      script = sections.get("FILEEOF").replaceFirst("\r?\n$", "");
    }
    List<String> arguments = command(sections);
    String opens = GUEST + "/" + write(copy, name + ".php", script);
    arguments.add(opens);
    for (String argument : sections.getOrDefault("ARGS", "").strip().split(" +")) {
      if (!argument.isEmpty()) {
        arguments.add(argument);
      }
    }
    List<String> skip = new ArrayList<>();
    if (sections.containsKey("SKIPIF")) {
      skip.addAll(command(sections));
      skip.add(GUEST + "/" + write(copy, name + ".skip.php", sections.get("SKIPIF")));
    }
    Map<String, String> environment = new LinkedHashMap<>(Map.of("HOME", "/"));
    sections
        .getOrDefault("ENV", "")
        .lines()
        .filter(line -> line.contains("="))
        .forEach(line -> environment.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    Path stdin = NOTHING;
    if (sections.containsKey("STDIN")) {
      stdin = copy.resolve(write(copy, name + ".stdin", sections.get("STDIN")));
    }
    return new Case(name, arguments, environment, skip, stdin, opens);
  }

  private static List<String> command(Map<String, String> sections) {
    List<String> command = new ArrayList<>(List.of("php-cgi", "-q", "-C"));
    Stream.concat(SETTINGS.stream(), sections.getOrDefault("INI", "").lines())
        .map(setting -> setting.replace("{PWD}", GUEST).strip())
        .filter(setting -> setting.contains("="))
        .forEach(setting -> command.addAll(List.of("-d", setting)));
    return command;
  }

  private static String write(Path copy, String name, String text) throws IOException {
    Files.writeString(copy.resolve(name), text, ISO_8859_1);
    return name;
  }

  private static Map<String, String> sections(String test) {
    Map<String, String> sections = new LinkedHashMap<>();
    String section = null;
    for (String line : test.split("(?<=\n)")) {
      String word = line.strip();
      if (word.matches("--[A-Z_]+--")) {
        section = word.substring(2, word.length() - 2);
        sections.put(section, "");
      } else if (section != null) {
        sections.merge(section, line, String::concat);
      }
    }
    return sections;
  }
}
