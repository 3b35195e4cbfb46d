package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

@Timeout(60)
class FilesTest {
  private static final int START = 0;
  private static final int CURRENT = 1;
  private static final int END = 2;

  @TempDir private Path root;
  private TestGuest guest;

  @BeforeEach
  void begin() {
    guest = TestGuest.in(root);
  }

  @AfterEach
  void leavesNothingOpenAndNothingStaged() throws IOException {
    guest.close();
    OpenHandles.assertNoneBelow(root);
    try (var names = Files.list(root)) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .noneMatch(name -> name.startsWith(Staging.PREFIX));
    }
  }

  @Test
  void createsWritesSeeksAndReads() throws WasiError, IOException {
    int file = guest.open("f", TestGuest.CREATE, TestGuest.BOTH);
    guest.write(file, "hello world");
    guest.seek(file, 6, START);
    assertThat(guest.read(file)).isEqualTo("world");
    guest.seek(file, -5, END);
    guest.write(file, "there");
    assertThat(Files.readString(root.resolve("f"))).isEqualTo("hello there");
    assertThat(guest.seek(file, -100, CURRENT)).isEqualTo(Errno.INVAL);
    assertThat(guest.seek(file, Long.MAX_VALUE, CURRENT)).isEqualTo(Errno.OVERFLOW);
    assertThat(guest.seek(file, 0, 3)).isEqualTo(Errno.INVAL);
    assertThat(guest.call("fd_tell", file, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.result()).isEqualTo(11);
  }

  @Test
  void takesOpenFlagsAtTheirWord() throws WasiError, IOException {
    Files.writeString(root.resolve("f"), "content");
    Files.createDirectory(root.resolve("d"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("new"));
    int exclusively = TestGuest.CREATE | TestGuest.EXCLUSIVE;
    assertThat(guest.tryOpen("f", exclusively, TestGuest.BOTH)).isEqualTo(Errno.EXIST);
    assertThat(guest.tryOpen("dangling", exclusively, TestGuest.BOTH)).isEqualTo(Errno.EXIST);
    assertThat(guest.tryOpen("d", exclusively, TestGuest.READ)).isEqualTo(Errno.EXIST);
    assertThat(guest.tryOpen("f", TestGuest.DIRECTORY, TestGuest.READ)).isEqualTo(Errno.NOTDIR);
    assertThat(guest.tryOpen("d", TestGuest.DIRECTORY, TestGuest.BOTH)).isEqualTo(Errno.ISDIR);
    assertThat(guest.tryOpen("d", TestGuest.CREATE, TestGuest.READ)).isEqualTo(Errno.ISDIR);
    assertThat(guest.tryOpen("d", TestGuest.TRUNCATE, TestGuest.READ)).isEqualTo(Errno.ISDIR);
    assertThat(guest.tryOpen("new/", TestGuest.CREATE, TestGuest.BOTH)).isEqualTo(Errno.ISDIR);
    assertThat(guest.tryOpen("f", 16, TestGuest.READ)).isEqualTo(Errno.INVAL);
    guest.close(guest.open("dangling", TestGuest.CREATE, TestGuest.WRITE));
    assertThat(root.resolve("new")).isEmptyFile();
    guest.close(guest.open("f", TestGuest.TRUNCATE, TestGuest.WRITE));
    assertThat(root.resolve("f")).isEmptyFile();
  }

  @Test
  void readsAndWritesOnlyWhatItWasOpenedFor() throws WasiError {
    int writer = guest.open("f", TestGuest.CREATE, TestGuest.WRITE);
    int reader = guest.open("f", 0, TestGuest.READ);
    int neither = guest.open("f", 0, 0);
    int created = guest.open("g", TestGuest.CREATE, 0);
    assertThat(guest.tryRead(writer)).isEqualTo(Errno.BADF);
    assertThat(guest.write(writer, "x")).isEqualTo(Errno.SUCCESS);
    assertThat(guest.write(reader, "x")).isEqualTo(Errno.BADF);
    assertThat(guest.call("fd_filestat_set_size", reader, 0)).isEqualTo(Errno.BADF);
    assertThat(guest.call("fd_allocate", reader, 0, 10)).isEqualTo(Errno.BADF);
    assertThat(guest.tryRead(neither)).isEqualTo(Errno.BADF);
    assertThat(guest.write(neither, "x")).isEqualTo(Errno.BADF);
    assertThat(guest.tryRead(created)).isEqualTo(Errno.BADF);
  }

  @Test
  void appendsAndReads() throws WasiError, IOException {
    Files.writeString(root.resolve("log"), "one ");
    int file = guest.open("log", 0, TestGuest.BOTH, FdFlags.APPEND);
    assertThat(guest.read(file)).isEqualTo("one ");
    guest.seek(file, 0, START);
    guest.write(file, "two ");
    Files.writeString(root.resolve("log"), "one two three ");
    guest.write(file, "four");
    guest.seek(file, 0, START);
    assertThat(guest.read(file)).isEqualTo("one two three four");
    // No longer appending.
    assertThat(guest.call("fd_fdstat_set_flags", file, 0)).isEqualTo(Errno.SUCCESS);
    guest.seek(file, 0, START);
    guest.write(file, "ONE");
    assertThat(Files.readString(root.resolve("log"))).startsWith("ONE two");
    assertThat(guest.call("fd_fdstat_set_flags", file, FdFlags.SYNC)).isEqualTo(Errno.NOTSUP);
    assertThat(guest.call("fd_fdstat_set_flags", file, 1 << 7)).isEqualTo(Errno.INVAL);
  }

  @Test
  void appendsOnceItIsToldTo() throws WasiError, IOException {
    int file = guest.open("log", TestGuest.CREATE, TestGuest.WRITE);
    guest.write(file, "abc");
    guest.call("fd_fdstat_set_flags", file, FdFlags.APPEND);
    guest.seek(file, 0, START);
    guest.write(file, "def");
    assertThat(Files.readString(root.resolve("log"))).isEqualTo("abcdef");
  }

  @Test
  void knowsAFileWhoseNameIsGone() throws WasiError, IOException {
    int file = guest.open("f", TestGuest.CREATE, TestGuest.BOTH);
    guest.write(file, "12345");
    guest.call("fd_filestat_get", file, TestGuest.RESULT);
    long inode = guest.inode();
    assertThat(guest.path("path_unlink_file", "f")).isEqualTo(Errno.SUCCESS);
    guest.write(file, "678");
    Files.writeString(root.resolve("f"), "another");
    assertThat(guest.call("fd_filestat_get", file, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.inode()).isEqualTo(inode);
    assertThat(guest.size()).isEqualTo(8);
    assertThat(guest.links()).isZero();
    guest.seek(file, 0, START);
    assertThat(guest.read(file)).isEqualTo("12345678");
    assertThat(guest.call("fd_filestat_set_times", file, 1, 1, 5)).isEqualTo(Errno.NOENT);
  }

  @Test
  void renamesOverWhatIsThere() throws WasiError, IOException {
    Files.writeString(root.resolve("new"), "new");
    Files.writeString(root.resolve("old"), "old");
    int open = guest.open("old", 0, TestGuest.READ);
    assertThat(guest.rename("new", "old")).isEqualTo(Errno.SUCCESS);
    assertThat(guest.read(open)).isEqualTo("old");
    assertThat(Files.readString(root.resolve("old"))).isEqualTo("new");
    Files.createDirectories(root.resolve("d/e"));
    Files.createDirectory(root.resolve("empty"));
    assertThat(guest.rename("d", "empty")).isEqualTo(Errno.SUCCESS);
    assertThat(root.resolve("empty/e")).isDirectory();
    Files.createDirectory(root.resolve("d"));
    assertThat(guest.rename("d", "empty")).isEqualTo(Errno.NOTEMPTY);
    assertThat(guest.rename("d", "old")).isEqualTo(Errno.NOTDIR);
    assertThat(guest.rename("old", "d")).isEqualTo(Errno.ISDIR);
    assertThat(guest.rename("old", "d/")).isEqualTo(Errno.NOTDIR);
    assertThat(guest.rename("old/", "x")).isEqualTo(Errno.NOTDIR);
    assertThat(guest.rename("none", "x")).isEqualTo(Errno.NOENT);
    assertThat(guest.rename("empty", "empty/e/f")).isEqualTo(Errno.INVAL);
    assertThat(guest.rename(".", "x")).isEqualTo(Errno.BUSY);
    assertThat(guest.rename("old", "../x")).isEqualTo(Errno.PERM);
  }

  @Test
  void makesAndRemovesDirectories() throws WasiError {
    assertThat(guest.path("path_create_directory", "d")).isEqualTo(Errno.SUCCESS);
    assertThat(guest.path("path_create_directory", "d/e/")).isEqualTo(Errno.SUCCESS);
    assertThat(root.resolve("d/e")).isDirectory();
    assertThat(guest.path("path_create_directory", "d")).isEqualTo(Errno.EXIST);
    assertThat(guest.path("path_create_directory", "d/.")).isEqualTo(Errno.EXIST);
    assertThat(guest.path("path_create_directory", "none/e")).isEqualTo(Errno.NOENT);
    assertThat(guest.path("path_remove_directory", "d")).isEqualTo(Errno.NOTEMPTY);
    assertThat(guest.path("path_remove_directory", ".")).isEqualTo(Errno.INVAL);
    assertThat(guest.path("path_unlink_file", "d")).isEqualTo(Errno.ISDIR);
    assertThat(guest.path("path_remove_directory", "d/e/")).isEqualTo(Errno.SUCCESS);
    assertThat(guest.path("path_remove_directory", "d")).isEqualTo(Errno.SUCCESS);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void makesRelativeLinksAndReadsThem() throws WasiError, IOException {
    Files.createDirectory(root.resolve("d"));
    assertThat(guest.symlink("../größe", "d/link")).isEqualTo(Errno.SUCCESS);
    assertThat(Files.readSymbolicLink(root.resolve("d/link"))).isEqualTo(Path.of("../größe"));
    assertThat(guest.readLink("d/link")).isEqualTo(Errno.SUCCESS);
    assertThat(guest.target()).isEqualTo("../größe");
    assertThat(guest.symlink("/etc", "absolute")).isEqualTo(Errno.PERM);
    assertThat(guest.symlink("", "nothing")).isEqualTo(Errno.NOENT);
    assertThat(guest.symlink("x", "d")).isEqualTo(Errno.EXIST);
    assertThat(guest.symlink("x", "new/")).isEqualTo(Errno.NOENT);
    assertThat(guest.readLink("d")).isEqualTo(Errno.INVAL);
    Files.createSymbolicLink(root.resolve("host"), Path.of("/etc/passwd"));
    // What the host's own paths look like is nothing to a guest.
    assertThat(guest.readLink("host")).isEqualTo(Errno.PERM);
  }

  @Test
  void givesFilesSecondNames() throws WasiError, IOException {
    Files.writeString(root.resolve("f"), "x");
    Files.createDirectories(root.resolve("d/e"));
    assertThat(guest.link("f", "d/e/g")).isEqualTo(Errno.SUCCESS);
    assertThat(Files.getAttribute(root.resolve("f"), "unix:nlink")).isEqualTo(2);
    assertThat(guest.link("d/e/g", "h")).isEqualTo(Errno.SUCCESS);
    assertThat(Files.getAttribute(root.resolve("f"), "unix:nlink")).isEqualTo(3);
    assertThat(guest.link("d", "e")).isEqualTo(Errno.PERM);
    assertThat(guest.link("f", "h")).isEqualTo(Errno.EXIST);
    assertThat(guest.link("f", "f")).isEqualTo(Errno.EXIST);
    assertThat(guest.link("f", "x/")).isEqualTo(Errno.NOENT);
    assertThat(guest.link("none", "x")).isEqualTo(Errno.NOENT);
  }

  @Test
  void setsSizes() throws WasiError, IOException {
    int file = guest.open("f", TestGuest.CREATE, TestGuest.BOTH);
    guest.write(file, "12345");
    guest.call("fd_filestat_set_size", file, 2);
    assertThat(Files.readString(root.resolve("f"))).isEqualTo("12");
    guest.call("fd_filestat_set_size", file, 4);
    assertThat(Files.readAllBytes(root.resolve("f"))).containsExactly('1', '2', 0, 0);
    guest.call("fd_allocate", file, 3, 7);
    assertThat(Files.size(root.resolve("f"))).isEqualTo(10);
    assertThat(guest.call("fd_allocate", file, 0, 0)).isEqualTo(Errno.INVAL);
    assertThat(guest.call("fd_allocate", file, Long.MAX_VALUE, 1)).isEqualTo(Errno.FBIG);
    assertThat(guest.call("fd_filestat_set_size", file, -1)).isEqualTo(Errno.INVAL);
  }

  @Test
  void setsTimesOfFilesDirectoriesAndLinks() throws WasiError, IOException {
    Files.writeString(root.resolve("f"), "x");
    Files.createDirectory(root.resolve("d"));
    Files.createSymbolicLink(root.resolve("l"), Path.of("f"));
    long second = TimeUnit.SECONDS.toNanos(1);
    assertThat(guest.setTimes("f", 0, 3 * second, 4 * second, 5)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.setTimes("d", 0, 0, 5 * second, 4)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.setTimes("l", 0, 0, 6 * second, 4)).isEqualTo(Errno.SUCCESS);
    assertThat(modified("f")).isEqualTo(FileTime.from(4, TimeUnit.SECONDS));
    assertThat(modified("d")).isEqualTo(FileTime.from(5, TimeUnit.SECONDS));
    assertThat(modified("l")).isEqualTo(FileTime.from(6, TimeUnit.SECONDS));
    assertThat(guest.setTimes("l", TestGuest.FOLLOW, 0, 7 * second, 4)).isEqualTo(Errno.SUCCESS);
    assertThat(modified("f")).isEqualTo(FileTime.from(7, TimeUnit.SECONDS));
    assertThat(guest.setTimes(".", 0, 0, 8 * second, 4)).isEqualTo(Errno.SUCCESS);
    assertThat(modified("")).isEqualTo(FileTime.from(8, TimeUnit.SECONDS));
    assertThat(guest.setTimes("f", 0, 0, 0, 3)).isEqualTo(Errno.INVAL);
    assertThat(guest.setTimes("f", 0, 0, 0, 16)).isEqualTo(Errno.INVAL);
    assertThat(guest.setTimes("f", 0, 0, 0, 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.setTimes("f", 0, 0, 0, 8)).isEqualTo(Errno.SUCCESS);
    assertThat(modified("f").toMillis()).isGreaterThan(8000);
  }

  private FileTime modified(String name) throws IOException {
    return Files.getLastModifiedTime(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void writesNamesInAnyScript() throws WasiError, IOException {
    for (String name : new String[] {"größe", "файл", "文件", "😀", "a\tb\nc", "\\..\\x", "a:b*?"}) {
      int file = guest.open(name, TestGuest.CREATE | TestGuest.EXCLUSIVE, TestGuest.WRITE);
      guest.close(file);
      assertThat(root.resolve(name)).exists();
      assertThat(guest.list(TestGuest.ROOT, 0, 4096))
          .extracting(TestGuest.Entry::name)
          .contains(name);
      assertThat(guest.path("path_unlink_file", name)).isEqualTo(Errno.SUCCESS);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void neverOpensPipesOrDevices() throws Exception {
    Process mkfifo =
        new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).inheritIO().start();
    assertThat(mkfifo.waitFor()).isZero();
    Files.createSymbolicLink(root.resolve("link"), Path.of("pipe"));
    for (long rights : new long[] {TestGuest.READ, TestGuest.WRITE, TestGuest.BOTH}) {
      assertThat(guest.tryOpen("pipe", 0, rights)).isEqualTo(Errno.ACCES);
      assertThat(guest.tryOpen("pipe", TestGuest.CREATE, rights)).isEqualTo(Errno.ACCES);
      assertThat(guest.tryOpen("link", 0, rights)).isEqualTo(Errno.ACCES);
    }
    assertThat(guest.tryOpen("pipe", TestGuest.DIRECTORY, 0)).isEqualTo(Errno.NOTDIR);
    assertThat(guest.tryOpen("pipe/x", 0, TestGuest.READ)).isEqualTo(Errno.NOTDIR);
    assertThat(guest.setTimes("pipe", 0, 0, 1, 4)).isEqualTo(Errno.PERM);
    assertThat(guest.rename("pipe", "other")).isEqualTo(Errno.PERM);
    assertThat(guest.link("pipe", "other")).isEqualTo(Errno.PERM);
    assertThat(guest.stat("pipe", 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.type()).isEqualTo(FileType.UNKNOWN);
    assertThat(guest.path("path_unlink_file", "pipe")).isEqualTo(Errno.SUCCESS);
  }

  @Test
  void opensNoMoreThanItMay() throws WasiError {
    Limits limits = limits(8, 1 << 20);
    try (TestGuest small = TestGuest.in(root, MountPoint.Kind.READ_WRITE, limits)) {
      for (int i = 0; i < 4; i++) {
        small.open("f", TestGuest.CREATE, TestGuest.READ);
      }
      assertThat(small.tryOpen("f", 0, TestGuest.READ)).isEqualTo(Errno.MFILE);
      small.close(5);
      assertThat(small.open("f", 0, TestGuest.READ)).isEqualTo(5);
    }
  }

  @Test
  void writesNoMoreThanItMay() throws WasiError, IOException {
    Limits limits = limits(16, DiskQuota.ENTRY + 10);
    try (TestGuest small = TestGuest.in(root, MountPoint.Kind.READ_WRITE, limits)) {
      int file = small.open("f", TestGuest.CREATE, TestGuest.BOTH);
      assertThat(small.path("path_create_directory", "d")).isEqualTo(Errno.NOSPC);
      assertThat(small.tryOpen("g", TestGuest.CREATE, TestGuest.WRITE)).isEqualTo(Errno.NOSPC);
      assertThat(small.writeAt(file, "x", 1L << 43)).isEqualTo(Errno.NOSPC);
      assertThat(small.call("fd_filestat_set_size", file, 1L << 43)).isEqualTo(Errno.NOSPC);
      assertThat(small.call("fd_allocate", file, 0, 11)).isEqualTo(Errno.NOSPC);
      assertThat(Files.size(root.resolve("f"))).isZero();
      assertThat(small.write(file, "1234567")).isEqualTo(Errno.SUCCESS);
      assertThat(small.write(file, "1234567")).isEqualTo(Errno.SUCCESS);
      assertThat(small.result()).isEqualTo(3);
      assertThat(small.write(file, "8")).isEqualTo(Errno.NOSPC);
      assertThat(Files.size(root.resolve("f"))).isEqualTo(10);
    }
  }

  @Test
  void refusesPositionsThatAreNone() throws WasiError {
    int file = guest.open("f", TestGuest.CREATE, TestGuest.BOTH);
    assertThat(guest.writeAt(file, "x", -1)).isEqualTo(Errno.INVAL);
    assertThat(guest.writeAt(file, "x", Long.MAX_VALUE)).isIn(Errno.FBIG, Errno.NOSPC);
  }

  @Test
  void knowsStandardStreamsForWhatTheyAre() throws WasiError {
    for (int stream = 0; stream < 3; stream++) {
      assertThat(guest.call("fd_fdstat_get", stream, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
      assertThat(guest.memory().readByte(TestGuest.RESULT)).isEqualTo(FileType.UNKNOWN);
      assertThat(guest.seek(stream, 0, CURRENT)).isEqualTo(Errno.SPIPE);
      assertThat(guest.call("sock_shutdown", stream, 0)).isEqualTo(Errno.NOTSOCK);
    }
    assertThat(guest.tryRead(1)).isEqualTo(Errno.BADF);
    assertThat(guest.write(0, "x")).isEqualTo(Errno.BADF);
    assertThat(guest.call("sock_accept", 77, 0, 0)).isEqualTo(Errno.BADF);
  }

  private static Limits limits(int openFiles, long bytesWritten) {
    return new Limits(openFiles, bytesWritten, 1024, 4096, Duration.ofSeconds(1), 1 << 20);
  }
}
