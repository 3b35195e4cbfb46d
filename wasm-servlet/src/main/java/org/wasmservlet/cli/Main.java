package org.wasmservlet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prepares a web application ahead of time: {@code java -jar wasm-servlet-cli.jar TARGET
 * [MODULE.wasm...]}. The target is a web application, packed or not, or a folder for modules. With
 * {@code --run} it runs a command where a web application's own would be run.
 */
public final class Main {
  private static final String USAGE =
      """
      usage: java -jar wasm-servlet-cli.jar TARGET [MODULE.wasm...]

      Compiles WebAssembly modules and freezes programs, so that a server need not. TARGET is
      a .war file or the directory of a web application: the modules in it, those that are
      named, and the programs of its servlets and filters that have WasmFreeze are put into
      its WEB-INF/wasm-cache. Any other TARGET is a folder for the modules that are named.

             java -jar wasm-servlet-cli.jar --run DIRECTORY SERVLET SCRIPT [ARGUMENT...]
             java -jar wasm-servlet-cli.jar --run DIRECTORY SERVLET -m MODULE [ARGUMENT...]

      Runs a script, or a module of Python's, as the WasmApplication of a servlet in the web
      application of that directory would run: by the same interpreter, with the same
      environment and directories, all of which it may write.
      """;

  private static final String RUN = "--run";

  private Main() {}

  /**
   * Runs the command and ends the JVM: with 0, with 1 if a module could not be read or written or a
   * program not be frozen or run, with 2 if the arguments make no sense, or with the exit code of
   * what it has run.
   *
   * @param arguments as on the command line
   */
  public static void main(String[] arguments) {
    System.exit(run(new Console(System.in, System.out, System.err), arguments));
  }

  /**
   * Runs the command.
   *
   * @param console of who has called it
   * @param arguments as on the command line
   * @return the exit code
   */
  static int run(Console console, String... arguments) {
    if (arguments.length > 3 && arguments[0].equals(RUN)) {
      List<String> words = List.of(arguments);
      return CommandRunner.run(
          console, Path.of(words.get(1)), words.get(2), words.subList(3, words.size()));
    }
    if (arguments.length == 0 || arguments[0].startsWith("-")) {
      console.out().print(USAGE);
      return 2;
    }
    Report report = new Report(console.out());
    Path target = Path.of(arguments[0]);
    try {
      prepare(target, Stream.of(arguments).skip(1).map(a -> Path.of(a)).toList(), report);
    } catch (IOException e) {
      report.fail(target, e.toString());
    }
    return report.isWithoutFailures() ? 0 : 1;
  }

  private static void prepare(Path target, List<Path> modules, Report report) throws IOException {
    if (Files.isRegularFile(target)) {
      WarFile.change(
          target,
          (root, temporary) -> new ApplicationPacker(root, temporary, report).pack(modules));
    } else if (Files.isDirectory(target.resolve("WEB-INF"))) {
      Path temporary = Files.createTempDirectory("wasm-servlet-");
      try {
        new ApplicationPacker(target, temporary, report).pack(modules);
      } finally {
        WarFile.delete(temporary);
      }
    } else {
      new ModulesPacker(Files.createDirectories(target), report).packAll(modules);
    }
  }
}
