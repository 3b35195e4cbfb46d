package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadRoomTest {
  /** What the host looks for is at least twice what it needs, compiled or not. */
  @ParameterizedTest
  @ValueSource(strings = {"-Xmixed", "-Xint"})
  void workOnFilesNeedsHalfOfTheStackThatIsLookedForAtMost(String mode, @TempDir Path temporary)
      throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("root")).toRealPath();
    Path output = temporary.resolve("output");
    Path errors = temporary.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                mode,
                // Filling in a stack trace is most of what running out of stack costs.
                "-XX:MaxJavaStackTraceDepth=10",
                // Where the stack ends in a lock, HotSpot remarks on it among the output.
                "-XX:+DisplayVMOutputToStderr",
                "-cp",
                ManagementFactory.getRuntimeMXBean().getClassPath(),
                StackNeeds.class.getName(),
                directory.toString())
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output).strip()).as(Files.readString(errors)).matches("\\d+");
    assertThat(Integer.parseInt(Files.readString(output).strip()))
        .isLessThanOrEqualTo(HeadRoom.FILES / 2);
  }
}
