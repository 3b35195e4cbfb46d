package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The core test suite of WebAssembly. {@code -Dspec.testsuite=} names the folder that {@code
 * src/test/spec/convert.py} has written.
 */
@EnabledIfSystemProperty(
    named = "spec.testsuite",
    matches = ".+",
    disabledReason = "-Dspec.testsuite= names no folder")
class SpecTestsuiteTest {
  @ParameterizedTest
  @EnumSource
  void passes(Chunks chunks) throws IOException {
    passes(chunks, new SpecRunner(chunks.compiler()));
  }

  @ParameterizedTest
  @EnumSource
  void passesInTheFormThatCanBeFrozen(Chunks chunks) throws IOException {
    passes(chunks, new SpecRunner(chunks.compiler(), true));
  }

  private static void passes(Chunks chunks, SpecRunner runner) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("spec.testsuite")))) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files) {
      runner.run(file);
    }
    System.out.printf(
        "%s: %d files, %d passed, %d failed, skipped: %s%n",
        chunks, files.size(), runner.passed(), runner.failures().size(), runner.skipped());
    assertThat(runner.passed()).isPositive();
    assertThat(runner.failures()).isEmpty();
  }
}
