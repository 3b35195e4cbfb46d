package org.wasmservlet.bench.guests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs. Those of a module are in a row, for some peers load it once. */
final class Programs {
  static final String PHP = "php-cgi-8.2.0.wasm";
  static final String PYTHON = "python-3.11.3.wasm";
  static final String RUBY = "ruby-3.2.0.wasm";

  private static final Path NOTHING = Path.of("/dev/null");

  /** The start-up code of sqlite and clang takes an empty environment for a failure. */
  private static final Map<String, String> HOME = Map.of("HOME", "/");

  private final Path guests;
  private final Path runtimes;

  private Programs(Path guests, Path runtimes) {
    this.guests = guests;
    this.runtimes = runtimes;
  }

  /**
   * Gives the programs.
   *
   * @param guests folder of the scripts
   * @param runtimes folder of the modules
   * @param scratch a folder that programs may write to
   */
  static List<Program> all(Path guests, Path runtimes, Path scratch) throws IOException {
    return new Programs(guests, runtimes).all(scratch);
  }

  private List<Program> all(Path scratch) throws IOException {
    return new ArrayList<>(
        List.of(
            instance("php instance", PHP),
            instance("python instance", PYTHON),
            instance("ruby instance", RUBY),
            python("python hello", "hello.py"),
            python("python loop", "loop.py"),
            ruby("ruby puts 1", "puts.rb"),
            ruby("ruby loop", "loop.rb"),
            program("sqlite queries", "sqlite.wasm", List.of("sqlite"), Map.of(), "queries.sql"),
            program(
                "clang -O2",
                "clang.wasm",
                List.of(
                    "clang",
                    "-cc1",
                    "-triple",
                    "wasm32-wasi",
                    "-emit-obj",
                    "-O2",
                    "-o",
                    "/out/sum.o",
                    "-x",
                    "c",
                    "-"),
                Map.of("/out", scratch),
                "sum.c"),
            php("php hello", "hello.php"),
            php("php MD5 loop", "md5.php"),
            php("php VM loop", "vm.php")));
  }

  /** All that comes before the first instruction of a run, and what comes after its last. */
  private Program instance(String name, String module) throws IOException {
    String made = module.replace(".wasm", ".instance.wasm");
    InstanceModule.make(runtimes.resolve(module), runtimes.resolve(made));
    return new Program(
        name,
        made,
        InstanceModule.ENTRY_POINT,
        List.of(name),
        HOME,
        Map.of("/app", guests),
        Map.of(),
        NOTHING);
  }

  private Program program(
      String name, String module, List<String> arguments, Map<String, Path> preopens, String in) {
    return new Program(
        name, module, Program.START, arguments, HOME, preopens, Map.of(), guests.resolve(in));
  }

  private Program php(String name, String script) {
    return script(name, PHP, List.of("php-cgi", "-q", "/app/" + script), HOME, Map.of());
  }

  private Program python(String name, String script) {
    return script(
        name,
        PYTHON,
        List.of("python", "/app/" + script),
        Map.of("PYTHONHOME", "/usr/local", "PYTHONDONTWRITEBYTECODE", "1", "PYTHONHASHSEED", "0"),
        Map.of("/usr/local", runtimes.resolve("python-3.11.3/usr/local")));
  }

  private Program ruby(String name, String script) {
    return script(name, RUBY, List.of("ruby", "--disable-gems", "/app/" + script), HOME, Map.of());
  }

  private Program script(
      String name,
      String module,
      List<String> arguments,
      Map<String, String> environment,
      Map<String, Path> more) {
    Map<String, Path> preopens = new java.util.HashMap<>(more);
    preopens.put("/app", guests);
    return new Program(
        name, module, Program.START, arguments, environment, preopens, Map.of(), NOTHING);
  }
}
