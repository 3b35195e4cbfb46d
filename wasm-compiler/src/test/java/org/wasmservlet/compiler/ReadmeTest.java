package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of README.md is compiled as it stands there, and runs. */
class ReadmeTest {
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** Absolute: the example runs in a folder of its own. */
  private static final String CLASS_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(entry -> Path.of(entry).toAbsolutePath().toString())
          .collect(Collectors.joining(File.pathSeparator));

  /** What the example leaves to its reader. */
  private static final String AROUND =
      """
      import com.dylibso.chicory.runtime.*;
      import com.dylibso.chicory.wasm.*;
      import java.nio.file.*;
      import org.wasmservlet.compiler.*;

      public class Example {
        public static void main(String[] arguments) {
          ImportValues imports = ImportValues.builder().build();
          EXAMPLE
          System.out.print(results[0]);
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void itsExampleRuns() throws IOException, InterruptedException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
    assertThat(example.find()).isTrue();
    assertThat(example.group(1).lines().count()).isLessThanOrEqualTo(10);
    Files.writeString(folder.resolve("Example.java"), AROUND.replace("EXAMPLE", example.group(1)));
    try (InputStream program = ReadmeTest.class.getResourceAsStream("/guests/program.wasm")) {
      Files.copy(program, folder.resolve("program.wasm"));
    }
    assertThat(run("Example.java")).isEqualTo("42");
  }

  /** Compiles and runs, in the folder that has {@code program.wasm}. */
  private String run(String source) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                CLASS_PATH,
                source)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
