package org.wasmservlet.bench.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CPython's regression tests: a folder that has the package {@code test}, one program a module. */
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
    try (Stream<Path> files = Files.list(copy.resolve("test"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("test_"))
          .map(name -> name.replaceFirst("\\.py$", ""))
          .filter(name -> !name.contains("."))
          .sorted()
          .map(PythonTests::test)
          .collect(Collectors.toList());
    }
  }

  private static Case test(String name) {
    return new Case(
        name,
        List.of("python", "-m", "unittest", "-v", "test." + name),
        ENVIRONMENT,
        List.of(),
        Path.of("/dev/null"));
  }

  @Override
  public String normalised(String output) {
    return output
        .replaceAll("(?m)^(Ran \\d+ tests? in )[0-9.]+s$", "$1a while")
        .replaceAll("\\b0x[0-9a-f]{4,}\\b", "0x?");
  }
}
