package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

class MountTest {
  @TempDir private Path temporary;

  @Test
  void changesNothingInAReadOnlyDirectoryOrBelow() throws IOException, WasiError {
    Files.createDirectories(temporary.resolve("d/empty"));
    Files.writeString(temporary.resolve("d/f"), "content");
    Files.createSymbolicLink(temporary.resolve("l"), Path.of("d/f"));
    try (TestGuest guest = TestGuest.in(temporary, MountPoint.Kind.READ_ONLY, Limits.DEFAULT)) {
      for (String path : List.of("d/f", "l")) {
        assertThat(guest.tryOpen(path, 0, TestGuest.WRITE)).isEqualTo(Errno.ROFS);
        assertThat(guest.tryOpen(path, 0, TestGuest.BOTH)).isEqualTo(Errno.ROFS);
        assertThat(guest.tryOpen(path, TestGuest.TRUNCATE, TestGuest.READ)).isEqualTo(Errno.ROFS);
        assertThat(guest.tryOpen(path, TestGuest.TRUNCATE, 0)).isEqualTo(Errno.ROFS);
      }
      assertThat(guest.tryOpen("d/new", TestGuest.CREATE, TestGuest.READ)).isEqualTo(Errno.ROFS);
      assertThat(guest.path("path_create_directory", "d/new")).isEqualTo(Errno.ROFS);
      assertThat(guest.path("path_remove_directory", "d/empty")).isEqualTo(Errno.ROFS);
      assertThat(guest.path("path_unlink_file", "d/f")).isEqualTo(Errno.ROFS);
      assertThat(guest.rename("d/f", "g")).isEqualTo(Errno.ROFS);
      assertThat(guest.link("d/f", "g")).isEqualTo(Errno.ROFS);
      assertThat(guest.symlink("x", "g")).isEqualTo(Errno.ROFS);
      assertThat(guest.setTimes("d/f", 0, 1, 1, 5)).isEqualTo(Errno.ROFS);
      assertThat(guest.setTimes("d", 0, 1, 1, 5)).isEqualTo(Errno.ROFS);
      int file = guest.open("d/f", 0, TestGuest.READ, FdFlags.APPEND);
      assertThat(guest.read(file)).isEqualTo("content");
      assertThat(guest.write(file, "x")).isEqualTo(Errno.BADF);
      assertThat(guest.call("fd_filestat_set_times", file, 1, 1, 5)).isEqualTo(Errno.ROFS);
      int directory = guest.open("d", TestGuest.DIRECTORY, TestGuest.READ);
      assertThat(guest.tryOpenAt(directory, "new", 0, TestGuest.CREATE, TestGuest.WRITE, 0))
          .isEqualTo(Errno.ROFS);
      assertThat(guest.call("fd_filestat_set_times", directory, 1, 1, 5)).isEqualTo(Errno.ROFS);
    }
    assertThat(temporary.resolve("d/f")).hasContent("content");
  }

  @Test
  void looksAtDirectoriesAnewUnlessTheyAreReadOnly() throws IOException, WasiError {
    Files.createDirectories(temporary.resolve("d/e"));
    Files.writeString(temporary.resolve("d/e/f"), "old");
    try (TestGuest reader = TestGuest.in(temporary, MountPoint.Kind.READ_ONLY, Limits.DEFAULT);
        TestGuest writer = TestGuest.in(temporary)) {
      assertThat(reader.read(reader.open("d/e/f", 0, TestGuest.READ))).isEqualTo("old");
      assertThat(writer.read(writer.open("d/e/f", 0, TestGuest.READ))).isEqualTo("old");
      Files.move(temporary.resolve("d"), temporary.resolve("moved"));
      Files.createDirectories(temporary.resolve("d/e"));
      Files.writeString(temporary.resolve("d/e/f"), "new");
      Files.writeString(temporary.resolve("moved/e/f"), "changed");
      assertThat(writer.read(writer.open("d/e/f", 0, TestGuest.READ))).isEqualTo("new");
      // Where it has been, but each file as it is now.
      assertThat(reader.read(reader.open("d/e/f", 0, TestGuest.READ))).isEqualTo("changed");
      assertThat(reader.tryOpen("d/e/../../../f", 0, TestGuest.READ)).isEqualTo(Errno.PERM);
    }
  }

  @Test
  void doesNotCarryAFileOutOfAReadOnlyDirectory() throws IOException, WasiError {
    Path readOnly = Files.createDirectory(temporary.resolve("ro"));
    Path writable = Files.createDirectory(temporary.resolve("rw"));
    Files.writeString(readOnly.resolve("a"), "content");
    Files.writeString(writable.resolve("a"), "mine");
    try (TestGuest guest =
        TestGuest.with(
            List.of(
                new MountPoint("/ro", readOnly, MountPoint.Kind.READ_ONLY),
                new MountPoint("/rw", writable, MountPoint.Kind.READ_WRITE)))) {
      guest.memory().writeByte(32, 'a');
      guest.memory().writeByte(33, 'b');
      int from = TestGuest.ROOT;
      int to = TestGuest.ROOT + 1;
      assertThat(guest.call("path_link", from, 0, 32, 1, to, 33, 1)).isEqualTo(Errno.ROFS);
      assertThat(guest.call("path_rename", from, 32, 1, to, 33, 1)).isEqualTo(Errno.ROFS);
      assertThat(guest.call("path_rename", to, 32, 1, from, 33, 1)).isEqualTo(Errno.ROFS);
      assertThat(guest.call("path_link", to, 0, 32, 1, from, 33, 1)).isEqualTo(Errno.ROFS);
    }
    assertThat(readOnly.resolve("a")).hasContent("content");
  }

  @Test
  void linksWithinOneDirectoryOnly() throws IOException, WasiError {
    Path one = Files.createDirectory(temporary.resolve("one"));
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(one.resolve("a"), "content");
    try (TestGuest guest =
        TestGuest.with(
            List.of(
                new MountPoint("/one", one, MountPoint.Kind.READ_WRITE),
                new MountPoint("/other", other, MountPoint.Kind.READ_WRITE)))) {
      guest.memory().writeByte(32, 'a');
      assertThat(guest.call("path_link", 3, 0, 32, 1, 4, 32, 1)).isEqualTo(Errno.XDEV);
      assertThat(guest.call("path_rename", 3, 32, 1, 4, 32, 1)).isEqualTo(Errno.SUCCESS);
    }
    assertThat(other.resolve("a")).hasContent("content");
  }

  @Test
  void makesAPrivateDirectoryWhenItIsUsedAndDeletesItWithTheRun() throws IOException, WasiError {
    Path kept = Files.createDirectory(temporary.resolve("kept"));
    Files.writeString(kept.resolve("f"), "content");
    Path parent = Files.createDirectory(temporary.resolve("parent"));
    try (TestGuest one = TestGuest.in(parent, MountPoint.Kind.PRIVATE, Limits.DEFAULT);
        TestGuest other = TestGuest.in(parent, MountPoint.Kind.PRIVATE, Limits.DEFAULT)) {
      assertThat(parent).isEmptyDirectory();
      one.write(one.open("f", TestGuest.CREATE, TestGuest.WRITE), "mine");
      assertThat(other.tryOpen("f", 0, TestGuest.READ)).isEqualTo(Errno.NOENT);
      one.path("path_create_directory", "d");
      one.path("path_create_directory", "d/e");
      one.open("d/e/f", TestGuest.CREATE, TestGuest.WRITE);
      one.symlink("../../../kept", "d/link");
      one.symlink("../kept", "link");
      try (var entries = Files.list(parent)) {
        assertThat(entries).hasSize(2);
      }
    }
    assertThat(parent).isEmptyDirectory();
    assertThat(kept.resolve("f")).hasContent("content");
    OpenHandles.assertNoneBelow(temporary);
  }

  @Test
  void deletesAPrivateDirectoryHoweverDeepItIs() throws IOException, WasiError {
    try (TestGuest guest = TestGuest.in(temporary, MountPoint.Kind.PRIVATE, Limits.DEFAULT)) {
      guest.memory().writeByte(32, 'd');
      int directory = TestGuest.ROOT;
      for (int i = 0; i < 3000; i++) {
        assertThat(guest.call("path_create_directory", directory, 32, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.tryOpenAt(directory, "d", 0, 0, TestGuest.READ, 0))
            .isEqualTo(Errno.SUCCESS);
        int next = guest.result();
        if (directory != TestGuest.ROOT) {
          guest.close(directory);
        }
        directory = next;
      }
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void deletesNothingThatHasTakenThePlaceOfAPrivateDirectory() throws IOException, WasiError {
    Path parent = Files.createDirectory(temporary.resolve("parent"));
    Path own;
    try (TestGuest guest = TestGuest.in(parent, MountPoint.Kind.PRIVATE, Limits.DEFAULT)) {
      guest.open("f", TestGuest.CREATE, TestGuest.WRITE);
      try (var entries = Files.list(parent)) {
        own = entries.findAny().orElseThrow();
      }
      Files.move(own, temporary.resolve("moved"));
      Files.createDirectory(own);
      Files.writeString(own.resolve("f"), "content");
    }
    assertThat(own.resolve("f")).hasContent("content");
    OpenHandles.assertNoneBelow(temporary);
  }

  @Test
  void deletesNothingWhereTheParentOfAPrivateDirectoryWasReplaced() throws IOException, WasiError {
    for (boolean byALink : new boolean[] {true, false}) {
      Path parent = Files.createDirectory(temporary.resolve("parent" + byALink));
      Path outside = Files.createDirectory(temporary.resolve("outside" + byALink));
      Path sameName;
      try (TestGuest guest = TestGuest.in(parent, MountPoint.Kind.PRIVATE, Limits.DEFAULT)) {
        guest.open("f", TestGuest.CREATE, TestGuest.WRITE);
        Path own;
        try (var entries = Files.list(parent)) {
          own = entries.findAny().orElseThrow();
        }
        sameName = Files.createDirectory(outside.resolve(own.getFileName()));
        Files.writeString(sameName.resolve("f"), "content");
        Files.createDirectory(sameName.resolve("empty"));
        Files.move(parent, temporary.resolve("moved" + byALink));
        if (byALink) {
          Files.createSymbolicLink(parent, outside);
        } else {
          Files.move(outside, parent);
          sameName = parent.resolve(own.getFileName());
        }
      }
      assertThat(sameName.resolve("f")).hasContent("content");
      assertThat(sameName.resolve("empty")).isEmptyDirectory();
    }
    OpenHandles.assertNoneBelow(temporary);
  }

  @Test
  void hidesTheLockOfAPrivateDirectoryFromItsGuest() throws IOException, WasiError {
    try (TestGuest guest = TestGuest.in(temporary, MountPoint.Kind.PRIVATE, Limits.DEFAULT)) {
      guest.open("f", TestGuest.CREATE, TestGuest.WRITE);
      String lock = PrivateDirectory.LOCK.toString();
      assertThat(guest.tryOpen(lock, 0, TestGuest.READ)).isEqualTo(Errno.PERM);
      assertThat(guest.path("path_unlink_file", lock)).isEqualTo(Errno.PERM);
      assertThat(guest.rename("f", lock)).isEqualTo(Errno.PERM);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void isNotOpenedThroughALinkThatTookItsPlace() throws IOException, WasiError {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Path mounted = Files.createDirectory(temporary.resolve("mounted"));
    try (TestGuest guest = TestGuest.in(mounted)) {
      Files.delete(mounted);
      Files.createSymbolicLink(mounted, outside);
      assertThat(guest.tryOpen("secret", 0, TestGuest.READ)).isNotEqualTo(Errno.SUCCESS);
    }
  }
}
