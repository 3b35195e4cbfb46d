package org.wasmservlet.test.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command that prepares web applications, as the build has made it. */
public final class CommandLine {
  private CommandLine() {}

  /**
   * Runs it in a JVM of its own, without failures.
   *
   * @return what it has said, and logged
   */
  public static String run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It ends before the better compiler would have paid.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar().toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../../wasm-servlet/target"))) {
      return files.filter(file -> file.toString().endsWith("-cli.jar")).findFirst().orElseThrow();
    }
  }
}
