package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the tests of WebAssembly's WASI test suite for preview 1: {@code -Dwasi.testsuite=} the
 * folder that has them, at any depth, each a .wasm file with an optional .json file beside it. Each
 * runs on a fresh copy of its directory.
 */
@EnabledIfSystemProperty(named = "wasi.testsuite", matches = ".+")
class WasiTestsuiteTest {
  @TempDir private Path temporary;

  @TestFactory
  Stream<DynamicTest> passes() throws IOException {
    Path folder = Path.of(System.getProperty("wasi.testsuite"));
    List<Path> modules;
    try (Stream<Path> files = Files.walk(folder)) {
      modules =
          files
              .filter(file -> file.toString().contains("wasm32-wasip1"))
              .filter(file -> file.toString().endsWith(".wasm"))
              .sorted()
              .toList();
    }
    return modules.stream()
        .map(
            module ->
                DynamicTest.dynamicTest(folder.relativize(module).toString(), () -> run(module)));
  }

  private void run(Path file) throws IOException {
    Map<String, Object> specification = specification(file);
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    Outcome outcome;
    try (WasmModule module = new ModuleCache().load(file)) {
      WasmConfig.Builder config = WasmConfig.builder(module);
      list(specification.get("args")).forEach(arg -> config.argument((String) arg));
      map(specification.get("env")).forEach((name, value) -> config.environment(name, value));
      if (specification.get("root") instanceof String root) {
        Path copy = Files.createTempDirectory(temporary, "root");
        copy(file.resolveSibling(root), copy);
        config.preopen("/", copy);
      }
      outcome = WasmExecution.of(config.build()).stdout(stdout).stderr(stderr).run();
    }
    long code = specification.get("exit_code") instanceof Long given ? given : 0;
    assertThat(outcome)
        .as(stderr.toString(StandardCharsets.UTF_8))
        .isEqualTo(code == 0 ? new Outcome.Success() : new Outcome.Exit((int) code));
    if (specification.get("stdout") instanceof String expected) {
      assertThat(stdout).hasToString(expected);
    }
  }

  private static Map<String, Object> specification(Path file) throws IOException {
    Path json = file.resolveSibling(file.getFileName().toString().replaceFirst("wasm$", "json"));
    return Files.exists(json) ? Json.object(Files.readString(json)) : Map.of();
  }

  private static List<?> list(Object json) {
    return json instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> map(Object json) {
    return json instanceof Map<?, ?> map ? (Map<String, String>) map : Map.of();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(file -> !file.equals(from))
          .forEach(
              file -> {
                try {
                  Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
