package org.wasmservlet.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir private Path temporary;
  @TempDir private Path elsewhere;

  @Test
  void whatAServerHasLeftThatWasKilledIsDeletedAndNothingThatItsLinksLeadTo() throws Exception {
    Path outside = Files.writeString(elsewhere.resolve("file"), "outside");
    Path left = Files.createDirectories(temporary.resolve("wasm-server-1/jsp/deep"));
    Files.writeString(left.resolve("file"), "");
    Files.createSymbolicLink(left.resolve("directory"), elsewhere);
    Files.createSymbolicLink(temporary.resolve("wasm-server-1/file"), outside);
    Files.createFile(temporary.resolve("wasm-server-1/lock"));

    Path made = WorkDirectory.makeIn(temporary).path();
    assertThat(temporary).isDirectoryContaining(made::equals);
    assertThat(temporary.resolve("wasm-server-1")).doesNotExist();
    assertThat(outside).hasContent("outside");
  }

  @Test
  void whatAServerUsesStays() throws Exception {
    Path used = WorkDirectory.makeIn(temporary).path();
    Files.writeString(used.resolve("file"), "");
    Path made = WorkDirectory.makeIn(temporary).path();
    assertThat(made).isNotEqualTo(used);
    assertThat(used.resolve("file")).exists();
  }

  @Test
  void whatIsNoServersStays() throws Exception {
    Path unlocked = Files.createDirectory(temporary.resolve("wasm-server-just-made"));
    Path file = Files.createFile(temporary.resolve("wasm-server-file"));
    Path others = withLock(temporary.resolve("other"));
    Path linked = withLock(elsewhere.resolve("linked"));
    Path link = Files.createSymbolicLink(temporary.resolve("wasm-server-link"), linked);
    Path odd = Files.createDirectory(temporary.resolve("wasm-server-odd"));
    Files.createSymbolicLink(odd.resolve("lock"), Files.createFile(elsewhere.resolve("target")));

    WorkDirectory.makeIn(temporary);
    assertThat(unlocked).exists();
    assertThat(file).exists();
    assertThat(others.resolve("lock")).exists();
    assertThat(link).isSymbolicLink();
    assertThat(linked.resolve("lock")).exists();
    assertThat(odd.resolve("lock")).exists();
  }

  private static Path withLock(Path directory) throws IOException {
    Files.createDirectory(directory);
    Files.createFile(directory.resolve("lock"));
    return directory;
  }
}
