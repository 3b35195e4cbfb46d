package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.SteadyPath;
import org.wasmservlet.core.directory.WasiError;

/**
 * A given directory, or one on the way to it, is moved away and a link put in its place, while its
 * guest makes directories and links there: by a program that may write above, or by anybody.
 */
@Timeout(120)
class MovedMountTest {
  private static final int CALLS = Integer.getInteger("wasi.race.calls", 2000);

  @TempDir private Path temporary;
  private Path above;
  private Path mounted;
  private Path outside;

  @BeforeEach
  void makeTree() throws IOException {
    outside = Files.createDirectories(temporary.toRealPath().resolve("outside"));
    Files.createDirectory(outside.resolve("inner"));
    Files.writeString(outside.resolve("file"), "outside");
    Files.writeString(outside.resolve("inner/file"), "outside");
    Files.createSymbolicLink(outside.resolve("link"), Path.of("outside"));
    above = Files.createDirectories(temporary.toRealPath().resolve("above"));
    mounted = Files.createDirectories(above.resolve("inner"));
    Files.writeString(mounted.resolve("file"), "inside");
    Files.createSymbolicLink(mounted.resolve("link"), Path.of("inside"));
  }

  @Test
  void getsNothingMadeOutsideThoughALinkIsInItsPlace() throws IOException, WasiError {
    assumeThat(Path.of("/proc/self/fdinfo")).as("handles have paths here").isDirectory();
    List<String> before = manifest();
    try (TestGuest guest = TestGuest.in(mounted)) {
      guest.open("file", 0, TestGuest.READ);
      Path moved = Files.move(mounted, temporary.toRealPath().resolve("moved"));
      Files.createSymbolicLink(mounted, outside);
      assertThat(guest.path("path_create_directory", "d")).isEqualTo(Errno.SUCCESS);
      assertThat(guest.symlink("../../x", "s")).isEqualTo(Errno.SUCCESS);
      assertThat(guest.link("file", "second")).isEqualTo(Errno.SUCCESS);
      assertThat(guest.setTimes("link", 0, 1, 1, 5)).isEqualTo(Errno.SUCCESS);
      assertThat(moved.resolve("d")).isEmptyDirectory();
      assertThat(Files.readSymbolicLink(moved.resolve("s"))).isEqualTo(Path.of("../../x"));
      assertThat(moved.resolve("second")).hasContent("inside");
      assertThat(
              Files.getLastModifiedTime(moved.resolve("link"), LinkOption.NOFOLLOW_LINKS)
                  .toMillis())
          .isZero();
      try (var names = Files.list(moved)) {
        assertThat(names).hasSize(5);
      }
    }
    assertThat(manifest()).isEqualTo(before);
    OpenHandles.assertNoneBelow(temporary);
  }

  @Test
  void getsNothingMadeOutsideWhileItIsSwapped() throws Exception {
    race(mounted, outside);
  }

  @Test
  void getsNothingMadeOutsideWhileADirectoryOnTheWayIsSwapped() throws Exception {
    race(above, outside);
  }

  private void race(Path swapped, Path target) throws Exception {
    assumeThat(Path.of("/proc/self/fdinfo")).as("handles have paths here").isDirectory();
    Path evil = Files.createSymbolicLink(temporary.toRealPath().resolve("evil"), target);
    Path away = temporary.toRealPath().resolve("away");
    List<String> before = manifest();
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<Integer> swapper =
        new FutureTask<>(
            () -> {
              int swaps = 0;
              while (!done.get()) {
                Files.move(swapped, away, StandardCopyOption.ATOMIC_MOVE);
                Files.move(evil, swapped, StandardCopyOption.ATOMIC_MOVE);
                Files.move(swapped, evil, StandardCopyOption.ATOMIC_MOVE);
                Files.move(away, swapped, StandardCopyOption.ATOMIC_MOVE);
                swaps++;
              }
              return swaps;
            });
    try (TestGuest guest = TestGuest.in(mounted)) {
      guest.open("file", 0, TestGuest.READ);
      Thread thread = new Thread(swapper, "swapper");
      thread.start();
      try {
        for (int i = 0; i < CALLS; i++) {
          assertThat(guest.path("path_create_directory", "d")).isEqualTo(Errno.SUCCESS);
          assertThat(guest.path("path_remove_directory", "d")).isEqualTo(Errno.SUCCESS);
          assertThat(guest.symlink("x", "s")).isEqualTo(Errno.SUCCESS);
          assertThat(guest.path("path_unlink_file", "s")).isEqualTo(Errno.SUCCESS);
          assertThat(guest.link("file", "second")).isEqualTo(Errno.SUCCESS);
          int second = guest.open("second", 0, TestGuest.READ);
          assertThat(guest.read(second)).isEqualTo("inside");
          guest.close(second);
          assertThat(guest.path("path_unlink_file", "second")).isEqualTo(Errno.SUCCESS);
          assertThat(guest.setTimes("link", 0, 1, 1, 5)).isEqualTo(Errno.SUCCESS);
        }
      } finally {
        done.set(true);
        thread.join();
      }
    }
    assertThat(swapper.get()).isPositive();
    assertThat(manifest()).isEqualTo(before);
    OpenHandles.assertNoneBelow(temporary);
  }

  @Test
  void isNotOpenedOutsideWhileADirectoryOnTheWayIsSwapped() throws Exception {
    Path evil = Files.createSymbolicLink(temporary.toRealPath().resolve("evil"), outside);
    Path away = temporary.toRealPath().resolve("away");
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<Integer> swapper =
        new FutureTask<>(
            () -> {
              int swaps = 0;
              while (!done.get()) {
                Files.move(above, away, StandardCopyOption.ATOMIC_MOVE);
                Files.move(evil, above, StandardCopyOption.ATOMIC_MOVE);
                Files.move(above, evil, StandardCopyOption.ATOMIC_MOVE);
                Files.move(away, above, StandardCopyOption.ATOMIC_MOVE);
                swaps++;
              }
              return swaps;
            });
    Thread thread = new Thread(swapper, "swapper");
    thread.start();
    int opened = 0;
    try {
      for (int i = 0; i < CALLS; i++) {
        try (TestGuest guest = TestGuest.in(mounted)) {
          if (guest.tryOpen("file", 0, TestGuest.READ) == Errno.SUCCESS) {
            assertThat(guest.read(guest.result())).isEqualTo("inside");
            opened++;
          }
        }
      }
    } finally {
      done.set(true);
      thread.join();
    }
    assertThat(swapper.get()).isPositive();
    assertThat(opened).isPositive();
    OpenHandles.assertNoneBelow(temporary);
  }

  @Test
  void hasNoPathWhereOnlyItsNameIsKnownAndThatLeadsElsewhere() throws IOException {
    try (TestGuest guest = TestGuest.in(mounted)) {
      Directory directory = guest.context().descriptors().directory(TestGuest.ROOT).directory();
      SteadyPath path = SteadyPath.byName(directory);
      assertThat(path.to(directory)).isEqualTo(mounted);
      Path away = Files.move(mounted, above.resolve("away"));
      Files.createSymbolicLink(mounted, outside);
      assertThatThrownBy(() -> path.to(directory)).isInstanceOf(NotDirectoryException.class);
      Files.delete(mounted);
      Files.createDirectory(mounted);
      assertThatThrownBy(() -> path.to(directory)).isInstanceOf(NotDirectoryException.class);
      Files.delete(mounted);
      Files.move(away, mounted);
      assertThat(path.to(directory)).isEqualTo(mounted);
      Files.move(above, above.resolveSibling("moved"));
      Files.createSymbolicLink(above, Path.of("moved"));
      assertThatThrownBy(() -> path.to(directory)).isInstanceOf(NotDirectoryException.class);
    } catch (WasiError e) {
      throw new AssertionError(e);
    }
  }

  /** All that is outside: names, links to it, times and contents. */
  private List<String> manifest() throws IOException {
    try (var files = Files.walk(outside)) {
      return files
          .sorted()
          .map(
              file -> {
                try {
                  return file
                      + " "
                      + Files.readAttributes(
                          file, "unix:nlink,lastModifiedTime,size", LinkOption.NOFOLLOW_LINKS);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              })
          .toList();
    }
  }
}
