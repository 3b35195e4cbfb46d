package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The end of the stack is a trap on threads of all sizes, and nothing is lost by it: neither the
 * instance, nor its module, nor the JVM.
 */
class StackExhaustionTest {
  @ParameterizedTest
  @CsvSource({
    "256, 20, USUAL+SMALL+WHOLE, down+sideways+outside",
    "1024, 4, USUAL, down+sideways+outside",
    "16384, 1, USUAL, down"
  })
  void isATrapThatLeavesTheJvmHealthy(
      String stackKilobytes, String steps, String chunks, String ways)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StackEnd.class.getName(),
                stackKilobytes,
                steps,
                chunks,
                ways)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).isEqualToIgnoringNewLines(StackEnd.HEALTHY);
    assertThat(process.waitFor()).isZero();
  }
}
