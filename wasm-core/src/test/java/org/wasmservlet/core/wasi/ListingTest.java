package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

class ListingTest {
  @TempDir private Path root;
  private TestGuest guest;

  @BeforeEach
  void begin() {
    guest = TestGuest.in(root);
  }

  @AfterEach
  void end() throws IOException {
    guest.close();
    OpenHandles.assertNoneBelow(root);
  }

  @Test
  void beginsWithTheDirectoryItself() throws WasiError {
    guest.call("fd_filestat_get", TestGuest.ROOT, TestGuest.RESULT);
    long inode = guest.inode();
    assertThat(guest.listAll(TestGuest.ROOT, 1000))
        .containsExactly(
            new TestGuest.Entry(".", FileType.DIRECTORY, inode, 1),
            new TestGuest.Entry("..", FileType.DIRECTORY, inode, 2));
  }

  @Test
  void tellsTypesAndLinksAsLinks() throws IOException, WasiError {
    Files.createDirectory(root.resolve("directory"));
    Files.createFile(root.resolve("file"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("directory"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    assertThat(guest.listAll(TestGuest.ROOT, 1000))
        .extracting(entry -> entry.name() + " " + entry.type())
        .containsExactlyInAnyOrder(
            ". 3", ".. 3", "directory 3", "file 4", "link 7", "dangling 7", "loop 7");
  }

  @Test
  void goesOnAtAnyCookieWithAnyBuffer() throws IOException, WasiError {
    Set<String> names = new TreeSet<>(Set.of(".", ".."));
    for (int i = 0; i < 300; i++) {
      String name = "name-" + "x".repeat(i % 50) + i;
      Files.createFile(root.resolve(name));
      names.add(name);
    }
    List<TestGuest.Entry> all = guest.listAll(TestGuest.ROOT, 40_000);
    assertThat(all).extracting(TestGuest.Entry::name).hasSize(302).containsAll(names);
    for (int size : new int[] {100, 128, 257, 4096}) {
      assertThat(guest.listAll(TestGuest.ROOT, size)).isEqualTo(all);
    }
    for (int i = 0; i < all.size(); i += 37) {
      assertThat(guest.list(TestGuest.ROOT, all.get(i).next(), 40_000))
          .isEqualTo(all.subList(i + 1, all.size()));
    }
    assertThat(guest.list(TestGuest.ROOT, 303, 1000)).isEmpty();
    assertThat(guest.list(TestGuest.ROOT, Long.MAX_VALUE, 1000)).isEmpty();
    assertThat(guest.call("fd_readdir", TestGuest.ROOT, 1024, 100, -1, 64)).isEqualTo(Errno.INVAL);
  }

  @Test
  void losesNothingWhenEntriesAreRemovedMeanwhile() throws IOException, WasiError {
    for (int i = 0; i < 200; i++) {
      Files.createFile(root.resolve("f" + i));
    }
    long cookie = 0;
    int removed = 0;
    while (true) {
      List<TestGuest.Entry> some = guest.list(TestGuest.ROOT, cookie, 200);
      if (some.isEmpty()) {
        break;
      }
      for (TestGuest.Entry entry : some) {
        if (entry.type() == FileType.REGULAR_FILE) {
          assertThat(guest.path("path_unlink_file", entry.name())).isEqualTo(Errno.SUCCESS);
          removed++;
        }
        cookie = entry.next();
      }
    }
    assertThat(removed).isEqualTo(200);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void seesNewEntriesOnlyFromTheBeginning() throws IOException, WasiError {
    Files.createFile(root.resolve("a"));
    List<TestGuest.Entry> first = guest.list(TestGuest.ROOT, 0, 1000);
    Files.createFile(root.resolve("b"));
    assertThat(guest.list(TestGuest.ROOT, first.get(2).next(), 1000)).isEmpty();
    assertThat(guest.list(TestGuest.ROOT, 0, 1000)).hasSize(4);
  }

  @Test
  void leavesOutNamesThatAreNoText() throws IOException, WasiError {
    Path name = Path.of(URI.create("file:///caf%E9")).getFileName();
    Files.createFile(root.resolve(name));
    Files.createFile(root.resolve("café"));
    assertThat(guest.listAll(TestGuest.ROOT, 1000))
        .extracting(TestGuest.Entry::name)
        .containsExactlyInAnyOrder(".", "..", "café");
  }

  @Test
  void leavesOutWhatIsOnItsWay() throws IOException, WasiError {
    Files.createDirectory(root.resolve(Staging.PREFIX + "1"));
    assertThat(guest.listAll(TestGuest.ROOT, 1000)).hasSize(2);
    assertThat(guest.stat(Staging.PREFIX + "1", 0)).isEqualTo(Errno.PERM);
    assertThat(guest.path("path_create_directory", Staging.PREFIX + "2")).isEqualTo(Errno.PERM);
  }

  @Test
  void takesNoMoreMemoryThanItMay() throws IOException, WasiError {
    for (int i = 0; i < 400; i++) {
      Files.createFile(root.resolve("f".repeat(100) + i));
    }
    Limits limits = new Limits(16, 0, 8, 4096, Duration.ZERO, 20_000);
    try (TestGuest small = TestGuest.in(root, MountPoint.Kind.READ_ONLY, limits)) {
      for (int i = 0; i < 3; i++) {
        assertThat(small.call("fd_readdir", TestGuest.ROOT, 1024, 1000, 0, 64))
            .isEqualTo(Errno.NOMEM);
      }
    }
  }

  @Test
  void refusesWhatIsNoDirectory() throws WasiError {
    int file = guest.open("f", TestGuest.CREATE, TestGuest.READ);
    assertThat(guest.call("fd_readdir", file, 1024, 100, 0, 64)).isEqualTo(Errno.NOTDIR);
    assertThat(guest.call("fd_readdir", 1, 1024, 100, 0, 64)).isEqualTo(Errno.NOTDIR);
    assertThat(guest.call("fd_readdir", 9, 1024, 100, 0, 64)).isEqualTo(Errno.BADF);
  }
}
