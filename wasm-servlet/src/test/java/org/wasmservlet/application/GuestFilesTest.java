package org.wasmservlet.application;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.Preopen;

class GuestFilesTest {
  @TempDir private Path host;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(Files.createDirectories(host.resolve("outer/inner")).resolve("hidden"), "");
    Files.writeString(Files.createDirectories(host.resolve("elsewhere")).resolve("file"), "");
  }

  @Test
  void looksInTheDirectoryOfTheLongestName() {
    assertFound("/app/inner/file");
    assertFound("/app/other/../inner/./file");
    assertMissing("/app/inner/hidden", "is not there: looked for " + host + "/elsewhere/hidden");
    assertMissing("/application/file", "is in no directory of WasmMapDir or WasmDir");
  }

  @Test
  void knowsNothingOfWhatIsPrivate() {
    assertFound("/tmp/anything");
  }

  private void assertFound(String guestPath) {
    assertThatCode(() -> files().require(guestPath, Files::isRegularFile))
        .doesNotThrowAnyException();
  }

  private void assertMissing(String guestPath, String reason) {
    assertThatThrownBy(() -> files().require(guestPath, Files::isRegularFile))
        .isInstanceOf(IOException.class)
        .hasMessage(guestPath + " " + reason);
  }

  private GuestFiles files() {
    return new GuestFiles(
        List.of(
            new Preopen("/app", host.resolve("outer"), Preopen.Access.READ_ONLY),
            new Preopen("/app/inner", host.resolve("elsewhere"), Preopen.Access.READ_WRITE),
            new Preopen("/tmp", host, Preopen.Access.PRIVATE)));
  }
}
