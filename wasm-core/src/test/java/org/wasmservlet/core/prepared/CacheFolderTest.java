package org.wasmservlet.core.prepared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepared modules are the owner's alone, appear whole, and go when there are too many. */
class CacheFolderTest {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = temp.resolve("parent/cache");
  }

  @Test
  void makesAFolderAndFilesForTheOwnerAlone() throws Exception {
    try (PreparedFile file = store("a.prepared", "content")) {
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(file.path())).isEqualTo("rw-------");
      assertThat(new String(file.read(0, (int) file.size()), UTF_8)).isEqualTo("content");
    }
  }

  @Test
  void findsWhatWasStoredAndNothingElse() throws Exception {
    assertThat(open().find("a.prepared")).isEmpty();
    store("a.prepared", "one").close();
    store("a.prepared", "two").close();
    try (PreparedFile file = open().find("a.prepared").orElseThrow()) {
      assertThat(new String(file.read(0, (int) file.size()), UTF_8)).isEqualTo("two");
    }
    assertThat(names()).containsExactly("a.prepared");
  }

  @Test
  void leavesNothingOfAFileThatCouldNotBeWritten() throws Exception {
    assertThatThrownBy(
            () ->
                open()
                    .store(
                        "a.prepared",
                        out -> {
                          out.write(1);
                          throw new IOException("the disk is full");
                        }))
        .hasMessage("the disk is full");
    assertThat(names()).isEmpty();
  }

  @Test
  void refusesAFolderThatOthersMayWrite() throws Exception {
    Files.createDirectories(folder);
    for (String permissions : new String[] {"rwxrwx---", "rwxr-xrwx"}) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
      assertThatThrownBy(this::open)
          .hasMessage(
              folder.toRealPath()
                  + " can be written by other users; take that from them (chmod go-w)");
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    open();
  }

  @Test
  void refusesAFileThatOthersMayWriteOrThatIsALink() throws Exception {
    Path file;
    try (PreparedFile stored = store("a.prepared", "content")) {
      file = stored.path();
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    assertThatThrownBy(() -> open().find("a.prepared")).hasMessageContaining("chmod go-w");
    Files.createSymbolicLink(folder.resolve("b.prepared"), file);
    assertThatThrownBy(() -> open().find("b.prepared")).hasMessageContaining("not a regular file");
  }

  /** Only root can give a file away. */
  @Test
  void refusesWhatBelongsToAnotherUser() throws Exception {
    Path file;
    try (PreparedFile stored = store("a.prepared", "content")) {
      file = stored.path();
    }
    assumeThat(Files.getAttribute(file, "unix:uid")).isEqualTo(0);
    Files.setAttribute(file, "unix:uid", 12345);
    assertThatThrownBy(() -> open().find("a.prepared"))
        .hasMessage(file + " belongs to another user (uid 12345)");
    Files.setAttribute(folder, "unix:uid", 12345);
    assertThatThrownBy(this::open)
        .hasMessage(folder.toRealPath() + " belongs to another user (uid 12345)");
  }

  @Test
  void saysWhyAFolderCannotBeUsed() throws Exception {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file");
    assertThatThrownBy(this::open).hasMessage(folder + " is not a directory");
  }

  @Test
  void clearsAwayTheLongestUnusedPastTheSizeButNothingThatIsInUse() throws Exception {
    PreparedFile inUse = store("oldest.prepared", "12345");
    store("old.prepared", "12345").close();
    store("used.prepared", "12345").close();
    age("oldest.prepared", 300);
    age("old.prepared", 200);
    age("used.prepared", 250);
    open().find("used.prepared").orElseThrow().close();
    CacheFolder.open(folder, 16).store("new.prepared", out -> out.write(new byte[5])).close();
    assertThat(names())
        .containsExactlyInAnyOrder("oldest.prepared", "used.prepared", "new.prepared");
    inUse.close();
    CacheFolder.open(folder, 10).store("newer.prepared", out -> out.write(new byte[5])).close();
    assertThat(names()).containsExactlyInAnyOrder("new.prepared", "newer.prepared");
  }

  @Test
  void clearsAwayWhatGoesWithAModuleThatItClearsAway() throws Exception {
    store("old.prepared", "12345").close();
    store(CacheFolder.classesOf("old.prepared"), "name").close();
    age("old.prepared", 200);
    CacheFolder.open(folder, 8).store("new.prepared", out -> out.write(new byte[5])).close();
    assertThat(names()).containsExactly("new.prepared");
  }

  @Test
  void clearsAwayWhatAProcessLeftThatDiedWhileWriting() throws Exception {
    open();
    Files.writeString(folder.resolve("storing-1.part"), "abandoned");
    Files.writeString(folder.resolve("storing-2.part"), "being written");
    Files.writeString(folder.resolve("README"), "not ours");
    age("storing-1.part", 7200);
    age("README", 7200);
    store("a.prepared", "content").close();
    assertThat(names()).containsExactlyInAnyOrder("a.prepared", "storing-2.part", "README");
  }

  private CacheFolder open() throws IOException {
    return CacheFolder.open(folder, 1 << 20);
  }

  private PreparedFile store(String name, String content) throws IOException {
    return open().store(name, out -> out.write(content.getBytes(UTF_8)));
  }

  private void age(String name, int seconds) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(name), FileTime.from(Instant.now().minusSeconds(seconds)));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
