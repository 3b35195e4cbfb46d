package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** What a guest may have open is what the host has open for it. */
class OpenFilesTest {
  /** Three streams, one directory, and sixteen more. */
  private static final int LIMIT = 20;

  private static final int LEFT = 16;

  @TempDir private Path root;
  private TestGuest guest;

  @BeforeEach
  void open() {
    guest = TestGuest.in(root, MountPoint.Kind.READ_WRITE, Limits.of(LIMIT, 1 << 20));
  }

  @AfterEach
  void closesAll() throws Exception {
    guest.close();
    OpenHandles.assertNoneBelow(root);
  }

  @Test
  void countsAFileForAppendingTwice() throws Exception {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < LEFT / 2; i++) {
      open.add(guest.open("f" + i, TestGuest.CREATE, TestGuest.BOTH, FdFlags.APPEND));
    }
    // With the directory itself, which takes two.
    assertThat(OpenHandles.countBelow(root)).isLessThanOrEqualTo(LEFT + 2);
    assertThat(guest.tryOpen("f0", 0, TestGuest.READ)).isEqualTo(Errno.MFILE);
    guest.close(open.remove(0));
    int plain = guest.open("f0", 0, TestGuest.READ);
    assertThat(append("f1")).isEqualTo(Errno.MFILE);
    guest.close(plain);
    assertThat(append("f1")).isEqualTo(Errno.SUCCESS);
    // A number that is given to another descriptor frees what it stood for.
    assertThat(guest.call("fd_renumber", open.get(0), open.get(1))).isEqualTo(Errno.SUCCESS);
    assertThat(append("f2")).isEqualTo(Errno.SUCCESS);
    assertThat(append("f3")).isEqualTo(Errno.MFILE);
  }

  @Test
  void countsOneChannelForAFileThatIsOnlyReadOrWritten() throws Exception {
    Files.writeString(root.resolve("f"), "x");
    for (int i = 0; i < LEFT; i++) {
      // Appending says nothing to whom may not write.
      guest.open("f", 0, TestGuest.READ, FdFlags.APPEND);
    }
    assertThat(guest.tryOpen("f", 0, TestGuest.READ)).isEqualTo(Errno.MFILE);
    assertThat(OpenHandles.countBelow(root)).isLessThanOrEqualTo(LEFT + 2);
  }

  @Test
  void boundsTheDirectoriesThatFilesAreIn() throws Exception {
    for (int i = 0; i < LEFT; i++) {
      Files.createDirectory(root.resolve("d" + i));
      guest.open("d" + i + "/f", TestGuest.CREATE, TestGuest.BOTH);
    }
    assertThat(OpenHandles.countBelow(root)).isLessThanOrEqualTo(3 * LIMIT);
  }

  private Errno append(String name) throws WasiError {
    return guest.tryOpen(name, TestGuest.FOLLOW, 0, TestGuest.BOTH, FdFlags.APPEND);
  }
}
