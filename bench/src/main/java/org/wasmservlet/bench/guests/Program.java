package org.wasmservlet.bench.guests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.wasmservlet.bench.peers.Order;

/** A program that all peers run. Its output must be the same on all of them. */
record Program(
    String name,
    String module,
    boolean unstable,
    List<String> arguments,
    Map<String, String> environment,
    Map<String, Path> preopens,
    Path stdin) {
  private static final Path NOTHING = Path.of("/dev/null");

  /**
   * The programs.
   *
   * @param guests folder of the scripts
   * @param runtimes folder of the modules
   * @param scratch a folder that programs may write to
   */
  static List<Program> all(Path guests, Path runtimes, Path scratch) {
    return List.of(
        php("php hello", "hello.php", guests),
        php("php MD5 loop", "md5.php", guests),
        php("php VM loop", "vm.php", guests),
        python("python hello", "hello.py", guests, runtimes),
        python("python loop", "loop.py", guests, runtimes),
        ruby("ruby puts 1", "puts.rb", guests),
        ruby("ruby loop", "loop.rb", guests),
        new Program(
            "sqlite queries",
            "sqlite.wasm",
            true,
            List.of("sqlite"),
            // Its start-up code takes an empty environment for a failure.
            Map.of("HOME", "/"),
            Map.of(),
            guests.resolve("queries.sql")),
        new Program(
            "clang -O2",
            "clang.wasm",
            true,
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
            Map.of("HOME", "/"),
            Map.of("/out", scratch),
            guests.resolve("sum.c")));
  }

  /** What a peer is told. */
  Order order(Path stdout) {
    return new Order(
        arguments, environment, preopens, "_start", stdin, stdout, null, Duration.ofMinutes(10));
  }

  /** Whether it goes back in a file that it writes. */
  boolean seeks() {
    return module.equals("clang.wasm");
  }

  private static Program php(String name, String script, Path guests) {
    return new Program(
        name,
        "php-cgi-8.2.0.wasm",
        false,
        List.of("php-cgi", "-q", "/app/" + script),
        Map.of("HOME", "/"),
        Map.of("/app", guests),
        NOTHING);
  }

  private static Program python(String name, String script, Path guests, Path runtimes) {
    return new Program(
        name,
        "python-3.11.3.wasm",
        false,
        List.of("python", "/app/" + script),
        Map.of("PYTHONHOME", "/usr/local", "PYTHONDONTWRITEBYTECODE", "1", "PYTHONHASHSEED", "0"),
        Map.of("/app", guests, "/usr/local", runtimes.resolve("python-3.11.3/usr/local")),
        NOTHING);
  }

  private static Program ruby(String name, String script, Path guests) {
    return new Program(
        name,
        "ruby-3.2.0.wasm",
        false,
        List.of("ruby", "--disable-gems", "/app/" + script),
        Map.of("HOME", "/"),
        Map.of("/app", guests),
        NOTHING);
  }
}
