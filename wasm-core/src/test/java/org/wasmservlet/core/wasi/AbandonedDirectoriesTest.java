package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.directory.Errno;

@Timeout(60)
class AbandonedDirectoriesTest {
  @TempDir private Path temporary;

  @Test
  void deletesThoseOfAKilledProcessAndNoneOfOneThatRuns() throws Exception {
    Path kept = Files.createDirectory(temporary.resolve("kept"));
    Files.writeString(kept.resolve("f"), "content");
    Path parent = Files.createDirectory(temporary.resolve("parent"));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                parent.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (TestGuest own = TestGuest.in(parent, MountPoint.Kind.PRIVATE, Limits.DEFAULT)) {
      assertThat(other.inputReader().readLine()).isEqualTo("running");
      own.open("f", TestGuest.CREATE, TestGuest.WRITE);
      List<Path> both = list(parent);
      assertThat(both).hasSize(2);
      start(parent);
      assertThat(list(parent)).isEqualTo(both);
      other.destroyForcibly();
      assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(list(parent)).as("it was killed").isEqualTo(both);
      start(parent);
      assertThat(list(parent)).hasSize(1);
      assertThat(own.tryOpen("f", 0, TestGuest.READ)).isEqualTo(Errno.SUCCESS);
    } finally {
      other.destroyForcibly();
    }
    assertThat(parent).isEmptyDirectory();
    assertThat(kept.resolve("f")).hasContent("content");
    OpenHandles.assertNoneBelow(temporary);
  }

  @Test
  void leavesAloneWhatIsNotProvablyOurs() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve(PrivateDirectory.LOCK), "");
    Files.writeString(outside.resolve("f"), "content");
    Path parent = Files.createDirectory(temporary.resolve("parent"));
    Files.createSymbolicLink(parent.resolve("wasm-servlet-1-a-2"), outside);
    Files.createDirectory(parent.resolve("wasm-servlet-1-a-3"));
    Files.writeString(parent.resolve("wasm-servlet-1-a-3/f"), "it has no lock");
    Files.createDirectory(parent.resolve("wasm-servlet-4711"));
    Files.createDirectory(parent.resolve("wasm-servlet"));
    Files.writeString(parent.resolve("wasm-servlet-1-a-4"), "a file");
    // A process that was killed before it had locked its directory.
    Files.createDirectory(parent.resolve("wasm-servlet-1-a-5"));
    start(parent);
    assertThat(list(parent))
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "wasm-servlet",
            "wasm-servlet-1-a-2",
            "wasm-servlet-1-a-3",
            "wasm-servlet-1-a-4",
            "wasm-servlet-4711");
    assertThat(parent.resolve("wasm-servlet-1-a-3/f")).hasContent("it has no lock");
    assertThat(outside.resolve("f")).hasContent("content");
    assertThat(outside.resolve(PrivateDirectory.LOCK)).exists();
  }

  /** As a deployment does. */
  private static void start(Path parent) {
    WasmConfig.builder().preopen("/tmp", parent, Preopen.Access.PRIVATE);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
