package org.wasmservlet.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdapterTest {
  private static final Path RESOURCES =
      Path.of("src/main/resources/org/wasmservlet/application").toAbsolutePath();

  @Test
  void hasEveryFileOfItsLanguage() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      assertThat(Arrays.stream(Adapter.values()).flatMap(adapter -> adapter.files().stream()))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(file -> file.toString().matches(".*\\.(py|rb|php)"))
                  .map(file -> RESOURCES.relativize(file).toString())
                  .toList());
    }
  }
}
