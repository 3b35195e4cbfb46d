package org.wasmservlet.bench.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * CPython's regression tests: a folder that has the package {@code test}, one program a module.
 * Those that are run need no process, socket, thread or locale of their own, and are listed in
 * {@code python-tests.txt}.
 */
final class PythonTests implements Suite {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PYTHONHOME", "/usr/local",
          "PYTHONPATH", "/tests",
          "PYTHONDONTWRITEBYTECODE", "1",
          "PYTHONHASHSEED", "0",
          "TMPDIR", "/tmp",
          "HOME", "/");

  @Override
  public String module() {
    return "python-3.11.3.wasm";
  }

  @Override
  public Map<String, Path> preopens(Path copy, Path runtimes) {
    return Map.of("/tests", copy, "/usr/local", runtimes.resolve("python-3.11.3/usr/local"));
  }

  @Override
  public List<Case> cases(Path copy) throws IOException {
    Path tests = copy.resolve("test");
    return listed().stream()
        .filter(
            name -> Files.exists(tests.resolve(name + ".py")) || Files.exists(tests.resolve(name)))
        .map(name -> test(tests, name))
        .toList();
  }

  private static List<String> listed() throws IOException {
    try (InputStream list = PythonTests.class.getResourceAsStream("python-tests.txt")) {
      return new String(list.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static Case test(Path tests, String name) {
    String file = Files.exists(tests.resolve(name + ".py")) ? name + ".py" : name + "/__init__.py";
    return new Case(
        name,
        List.of("python", "-m", "unittest", "-v", "test." + name),
        ENVIRONMENT,
        List.of(),
        Path.of("/dev/null"),
        "/tests/test/" + file);
  }

  /** What unittest says where a module could not be imported, or skipped itself. */
  @Override
  public boolean isEmpty(String output) {
    return output.contains("(unittest.loader.") || output.contains("\nRan 0 tests in ");
  }

  @Override
  public String normalised(String output) {
    return output
        .replaceAll("(?m)^(Ran \\d+ tests? in )[0-9.]+s$", "$1a while")
        .replaceAll("\\b0x[0-9a-f]{4,}\\b", "0x?");
  }
}
