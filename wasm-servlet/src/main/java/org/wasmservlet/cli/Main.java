package org.wasmservlet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.wasmservlet.prepare.Preparer;

/**
 * Prepares a web application ahead of time: {@code java -jar wasm-servlet-cli.jar TARGET
 * [MODULE.wasm...]}. The target is a web application, packed or not, or a folder for modules. With
 * {@code --check} it tells of modules whether they will run, with {@code --run} it runs a command
 * where a web application's own would be run.
 */
public final class Main {
  private static final String USAGE =
      """
      usage: java -jar wasm-servlet-cli.jar TARGET [MODULE.wasm...]

      Compiles WebAssembly modules and freezes programs, so that a server need not. TARGET is
      a .war file or the directory of a web application: the modules in it, those that are
      named, and the programs of its servlets and filters that have WasmFreeze are put into
      its WEB-INF/wasm-cache. Any other TARGET is a folder for the modules that are named.

             java -jar wasm-servlet-cli.jar --check [OPTION...] MODULE.wasm...

      Tells of modules what they import and use, and whether they will run.
        --entry-point NAME      of a module with WasmEntryPoint
        --trap-unknown-imports  of a module with WasmUnknownImports Trap

             java -jar wasm-servlet-cli.jar --run DIRECTORY SERVLET SCRIPT [ARGUMENT...]
             java -jar wasm-servlet-cli.jar --run DIRECTORY SERVLET -m MODULE [ARGUMENT...]

      Runs a script, or a module of Python's, as the WasmApplication of a servlet in the web
      application of that directory would run: by the same interpreter, with the same
      environment and directories, all of which it may write.
      """;

  private static final String RUN = "--run";
  private static final String CHECK = "--check";

  private Main() {}

  /**
   * Runs the command and ends the JVM: with 0, with 1 if a module could not be read or written or
   * will not run, or a program not be frozen or run, with 2 if the arguments make no sense, or with
   * the exit code of what it has run.
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
    if (arguments.length > 1 && arguments[0].equals(CHECK)) {
      return check(console, List.of(arguments).subList(1, arguments.length));
    }
    if (arguments.length == 0 || arguments[0].startsWith("-")) {
      return usage(console);
    }
    Path target = Path.of(arguments[0]);
    try {
      List<Path> modules = Stream.of(arguments).skip(1).map(a -> Path.of(a)).toList();
      return prepare(Preparer.telling(new Told(console)), target, modules) ? 0 : 1;
    } catch (IOException e) {
      console.report().fail(target, e.toString());
      return 1;
    }
  }

  private static int check(Console console, List<String> arguments) {
    try {
      return ModuleChecks.run(new Told(console), arguments) ? 0 : 1;
    } catch (IllegalArgumentException e) {
      return usage(console);
    }
  }

  private static int usage(Console console) {
    console.out().print(USAGE);
    return 2;
  }

  private static boolean prepare(Preparer preparer, Path target, List<Path> modules)
      throws IOException {
    if (Files.isRegularFile(target)) {
      return preparer.war(target, modules);
    }
    return Files.isDirectory(target.resolve("WEB-INF"))
        ? preparer.application(target, modules)
        : preparer.folder(target, modules);
  }
}
