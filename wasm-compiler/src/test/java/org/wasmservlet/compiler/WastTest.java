package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our own cases, over the ground of the core test suite: {@code src/test/resources/wast}. */
class WastTest {
  @ParameterizedTest
  @EnumSource
  void passes(Chunks chunks) throws IOException, URISyntaxException {
    passes(new SpecRunner(chunks.compiler()));
  }

  @ParameterizedTest
  @EnumSource
  void passesInTheFormThatCanBeFrozen(Chunks chunks) throws IOException, URISyntaxException {
    passes(new SpecRunner(chunks.compiler(), true));
  }

  private static void passes(SpecRunner runner) throws IOException, URISyntaxException {
    Path folder = Path.of(WastTest.class.getResource("/wast/built").toURI());
    List<Path> files = SpecRunner.files(folder);
    assertThat(files).hasSize(13);
    for (Path file : files) {
      runner.run(file);
    }
    assertThat(runner.failures()).isEmpty();
    assertThat(runner.skipped()).isEmpty();
    assertThat(runner.passed()).isGreaterThan(1_300);
  }
}
