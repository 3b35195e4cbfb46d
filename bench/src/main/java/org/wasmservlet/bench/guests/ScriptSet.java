package org.wasmservlet.bench.guests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Many short scripts of many kinds, so that tuning does not fit a few: every file of a folder is a
 * program, named after its language and itself.
 */
final class ScriptSet {
  /** The guest's name of the folder. */
  private static final String GUEST = "/scripts";

  /** How a language's scripts are run; those of a module must be in a row. */
  private enum Language {
    PYTHON(".py", Programs.PYTHON, "python"),
    RUBY(".rb", Programs.RUBY, "ruby", "--disable-gems"),
    PHP(".php", Programs.PHP, "php-cgi", "-q");

    final String extension;
    final String module;
    final List<String> command;

    Language(String extension, String module, String... command) {
      this.extension = extension;
      this.module = module;
      this.command = List.of(command);
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Path folder;
  private final Path guests;
  private final Path runtimes;

  private ScriptSet(Path folder, Path guests, Path runtimes) {
    this.folder = folder;
    this.guests = guests;
    this.runtimes = runtimes;
  }

  /**
   * Gives a program for each file.
   *
   * @param folder of the scripts, at any depth
   * @param guests folder of ours, with a stand-in for the package pyperf
   * @param runtimes folder of the modules
   */
  static List<Program> in(Path folder, Path guests, Path runtimes) throws IOException {
    return new ScriptSet(folder, guests, runtimes).programs();
  }

  private List<Program> programs() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
    List<Program> programs = new ArrayList<>();
    for (Language language : Language.values()) {
      files.stream()
          .map(Path::toString)
          .filter(file -> file.endsWith(language.extension))
          .forEach(file -> programs.add(program(language, file)));
    }
    return programs;
  }

  private Program program(Language language, String file) {
    String bare = file.substring(0, file.length() - language.extension.length());
    String name = bare.startsWith(language.word() + "/") ? bare : language.word() + "/" + bare;
    List<String> arguments = new ArrayList<>(language.command);
    arguments.add(GUEST + "/" + file);
    Map<String, String> environment = Map.of("HOME", "/");
    Map<String, Path> preopens = Map.of(GUEST, folder);
    if (language == Language.PYTHON) {
      environment =
          Map.of(
              "PYTHONHOME", "/usr/local",
              "PYTHONPATH", "/stand-in",
              "PYTHONDONTWRITEBYTECODE", "1",
              "PYTHONHASHSEED", "0");
      preopens =
          Map.of(
              GUEST,
              folder,
              "/stand-in",
              guests.resolve("stand-in"),
              "/usr/local",
              runtimes.resolve("python-3.11.3/usr/local"));
    }
    return new Program(
        name,
        language.module,
        Program.START,
        arguments,
        environment,
        preopens,
        Map.of(),
        Path.of("/dev/null"));
  }
}
