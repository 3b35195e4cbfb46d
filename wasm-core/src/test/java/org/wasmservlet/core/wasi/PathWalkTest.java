package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

class PathWalkTest {
  @TempDir private Path temporary;
  private Path root;
  private TestGuest guest;

  @BeforeEach
  void makeTree() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    root = Files.createDirectory(temporary.resolve("inside"));
    Files.createDirectories(root.resolve("a/b/c"));
    Files.writeString(root.resolve("file"), "top");
    Files.writeString(root.resolve("a/file"), "in a");
    Files.writeString(root.resolve("a/b/c/file"), "in c");
    link("out", "../outside");
    link("a/out", "../../outside");
    link("a/b/absolute", outside.toString());
    link("secret", "../outside/secret");
    link("dangling", "a/none");
    link("dangling-out", "../outside/none");
    link("to-c", "a/b/c");
    link("a/b/up", "../../file");
    link("a/b/back", "../b/./../../a/b/c");
    link("to-file", "a/file");
    link("self", "self");
    link("ping", "pong");
    link("pong", "ping");
    link("dot", ".");
    link("empty-dots", "a/../..");
    guest = TestGuest.in(root);
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  @AfterEach
  void leavesNothingOpen() throws IOException {
    guest.close();
    OpenHandles.assertNoneBelow(temporary);
  }

  @ParameterizedTest
  @CsvSource({
    "file, top",
    "./file, top",
    "a/../file, top",
    "a//b///../file, in a",
    "a/b/c/../../b/c/file, in c",
    "to-c/file, in c",
    "to-c/../c/file, in c",
    "a/b/up, top",
    "a/b/back/file, in c",
    "to-file, in a",
    "dot/dot/dot/file, top"
  })
  void reachesWhatIsInside(String path, String content) throws WasiError {
    int file = guest.open(path, 0, TestGuest.READ);
    assertThat(guest.read(file)).isEqualTo(content);
    guest.close(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../outside/secret",
        "a/../../outside/secret",
        "a/b/../../../inside/file",
        "./..",
        "/",
        "/etc/passwd",
        "//file",
        "out/secret",
        "out/",
        "out",
        "secret",
        "a/out/secret",
        "a/b/absolute/secret",
        "a/b/absolute",
        "dangling-out",
        "dot/out/secret",
        "to-c/../../../../outside/secret",
        "empty-dots",
        "empty-dots/outside/secret"
      })
  void refusesWhatLeavesTheDirectory(String path) throws WasiError {
    assertThat(guest.tryOpen(path, 0, TestGuest.READ)).isEqualTo(Errno.PERM);
    assertThat(guest.tryOpen(path, TestGuest.CREATE, TestGuest.BOTH)).isEqualTo(Errno.PERM);
    assertThat(guest.stat(path, TestGuest.FOLLOW)).isEqualTo(Errno.PERM);
  }

  @ParameterizedTest
  @CsvSource({
    "'', NOENT",
    "none, NOENT",
    "none/file, NOENT",
    "a/none/../file, NOENT",
    "file/, NOTDIR",
    "file/., NOTDIR",
    "file/.., NOTDIR",
    "file/x, NOTDIR",
    "to-file/, NOTDIR",
    "dangling, NOENT",
    "dangling/x, NOENT",
    "self, LOOP",
    "self/x, LOOP",
    "ping, LOOP"
  })
  void tellsWhatIsWrong(String path, Errno errno) throws WasiError {
    assertThat(guest.tryOpen(path, 0, TestGuest.READ)).isEqualTo(errno);
  }

  @Test
  void doesNotFollowALastLinkThatIsNotToBeFollowed() throws WasiError {
    assertThat(guest.tryOpen("to-file", 0, 0, TestGuest.READ, 0)).isEqualTo(Errno.LOOP);
    assertThat(guest.stat("to-file", 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.type()).isEqualTo(FileType.SYMBOLIC_LINK);
    assertThat(guest.stat("secret", 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.type()).isEqualTo(FileType.SYMBOLIC_LINK);
    // A slash says that the link itself is not meant.
    assertThat(guest.stat("to-c/", 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.type()).isEqualTo(FileType.DIRECTORY);
  }

  @Test
  void followsFortyLinksAndNoMore() throws IOException, WasiError {
    link("link0", "file");
    for (int i = 1; i <= 40; i++) {
      link("link" + i, "link" + (i - 1));
    }
    assertThat(guest.tryOpen("link39", 0, TestGuest.READ)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.tryOpen("link40", 0, TestGuest.READ)).isEqualTo(Errno.LOOP);
  }

  @Test
  void cannotBeMadeToWorkForLongByLinks() throws IOException, WasiError {
    // Each of forty links would double the path.
    link("l0", "a/" + "../a/".repeat(200));
    for (int i = 1; i < 40; i++) {
      link("l" + i, ("l" + (i - 1) + "/../").repeat(10) + "a");
    }
    assertThat(guest.tryOpen("l39", 0, TestGuest.READ)).isIn(Errno.LOOP, Errno.NAMETOOLONG);
  }

  @Test
  void refusesPathsAndNamesThatAreTooLong() throws WasiError {
    assertThat(guest.tryOpen("n".repeat(256), 0, TestGuest.READ)).isEqualTo(Errno.NAMETOOLONG);
    assertThat(guest.tryOpen("ü".repeat(128), 0, TestGuest.READ)).isEqualTo(Errno.NAMETOOLONG);
    assertThat(guest.tryOpen("n".repeat(255), 0, TestGuest.READ)).isEqualTo(Errno.NOENT);
    assertThat(guest.tryOpen("a/".repeat(2049), 0, TestGuest.READ)).isEqualTo(Errno.NAMETOOLONG);
  }

  @Test
  void doesNotHoldMoreHandlesThanAWalkMay() throws WasiError {
    int directory = TestGuest.ROOT;
    for (int i = 0; i < 200; i++) {
      assertThat(guest.call("path_create_directory", directory, name("d"), 1))
          .isEqualTo(Errno.SUCCESS);
      assertThat(guest.tryOpenAt(directory, "d", 0, 0, TestGuest.READ, 0)).isEqualTo(Errno.SUCCESS);
      int next = guest.result();
      if (directory != TestGuest.ROOT) {
        guest.close(directory);
      }
      directory = next;
    }
    assertThat(guest.stat("d/".repeat(100), 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.stat("d/".repeat(200), 0)).isEqualTo(Errno.NAMETOOLONG);
  }

  private long name(String name) throws WasiError {
    guest.memory().write(32, name.getBytes(StandardCharsets.UTF_8), 0, 1);
    return 32;
  }

  @Test
  void refusesPathsThatAreNoText() throws WasiError {
    assertThat(guest.tryOpen("file\0", 0, TestGuest.READ)).isEqualTo(Errno.INVAL);
    guest.memory().write(1024, new byte[] {'a', (byte) 0xff}, 0, 2);
    assertThat(guest.call("path_open", TestGuest.ROOT, 0, 1024, 2, 0, TestGuest.READ, 0, 0, 64))
        .isEqualTo(Errno.ILSEQ);
  }

  @Test
  void beginsAtAnyOpenDirectoryAndDoesNotLeaveThatOne() throws WasiError {
    int b = guest.open("a/b", TestGuest.DIRECTORY, TestGuest.READ);
    assertThat(guest.tryOpenAt(b, "c/file", 0, 0, TestGuest.READ, 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.tryOpenAt(b, "../file", 0, 0, TestGuest.READ, 0)).isEqualTo(Errno.PERM);
    assertThat(guest.tryOpenAt(b, "up", 1, 0, TestGuest.READ, 0)).isEqualTo(Errno.PERM);
    int file = guest.open("file", 0, TestGuest.READ);
    assertThat(guest.tryOpenAt(file, "x", 0, 0, TestGuest.READ, 0)).isEqualTo(Errno.NOTDIR);
    assertThat(guest.tryOpenAt(99, "x", 0, 0, TestGuest.READ, 0)).isEqualTo(Errno.BADF);
  }

  @Test
  void walksOnFromADirectoryThatHasBeenMoved() throws IOException, WasiError {
    int b = guest.open("a/b", TestGuest.DIRECTORY, TestGuest.READ);
    Files.move(root.resolve("a/b"), temporary.resolve("outside/b"));
    assertThat(guest.tryOpenAt(b, "c/file", 0, 0, TestGuest.READ, 0)).isEqualTo(Errno.SUCCESS);
    // By the handles it came by, not by what ".." is on the host now.
    assertThat(guest.tryOpenAt(b, "c/../../secret", 0, 0, TestGuest.READ, 0)).isEqualTo(Errno.PERM);
  }

  @Test
  void seesADirectoryThatTookAnothersPlace() throws IOException, WasiError {
    assertThat(guest.stat("a/file", 0)).isEqualTo(Errno.SUCCESS);
    Files.move(root.resolve("a"), root.resolve("old"));
    Files.createDirectory(root.resolve("a"));
    assertThat(guest.stat("a/file", 0)).isEqualTo(Errno.NOENT);
    assertThat(guest.stat("old/file", 0)).isEqualTo(Errno.SUCCESS);
    Files.delete(root.resolve("a"));
    Files.createSymbolicLink(root.resolve("a"), Path.of("../outside"));
    assertThat(guest.stat("a/secret", 0)).isEqualTo(Errno.PERM);
  }
}
