package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.directory.Errno;

/** Another thread swaps directories and links under the guest's feet, for a number of calls. */
@Timeout(120)
class RaceTest {
  private static final int CALLS = Integer.getInteger("wasi.race.calls", 2000);

  @TempDir private Path temporary;
  private Path root;
  private Path outside;

  @BeforeEach
  void makeTree() throws IOException {
    outside = Files.createDirectories(temporary.resolve("outside"));
    Files.writeString(outside.resolve("file"), "outside");
    Files.createSymbolicLink(outside.resolve("link"), Path.of("text-outside"));
    root = Files.createDirectories(temporary.resolve("root"));
    Files.createDirectories(root.resolve("real"));
    Files.writeString(root.resolve("real/file"), "inside");
    Files.createSymbolicLink(root.resolve("real/link"), Path.of("text-inside"));
    Files.createSymbolicLink(root.resolve("evil"), Path.of("../outside"));
  }

  /** {@code d} is the directory and the link by turns. */
  private void swap() throws IOException {
    Files.move(root.resolve("real"), root.resolve("d"), StandardCopyOption.ATOMIC_MOVE);
    Files.move(root.resolve("d"), root.resolve("real"), StandardCopyOption.ATOMIC_MOVE);
    Files.move(root.resolve("evil"), root.resolve("d"), StandardCopyOption.ATOMIC_MOVE);
    Files.move(root.resolve("d"), root.resolve("evil"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void neverReachesWhatIsOutside() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<Integer> swapper =
        new FutureTask<>(
            () -> {
              int swaps = 0;
              while (!done.get()) {
                swap();
                swaps++;
              }
              return swaps;
            });
    Thread thread = new Thread(swapper, "swapper");
    thread.start();
    int reached = 0;
    try (TestGuest guest = TestGuest.in(root)) {
      for (int i = 0; i < CALLS; i++) {
        if (guest.tryOpen("d/file", 0, TestGuest.READ) == Errno.SUCCESS) {
          int file = guest.result();
          assertThat(guest.read(file)).isEqualTo("inside");
          guest.close(file);
          reached++;
        }
        if (guest.tryOpen("d/new", TestGuest.CREATE, TestGuest.WRITE) == Errno.SUCCESS) {
          guest.close(guest.result());
        }
        guest.path("path_create_directory", "d/directory");
        guest.path("path_remove_directory", "d/directory");
        guest.symlink("x", "d/symlink");
        guest.path("path_unlink_file", "d/symlink");
        guest.rename("d/new", "d/newer");
        guest.path("path_unlink_file", "d/newer");
        guest.link("d/file", "second");
        if (guest.tryOpen("second", 0, TestGuest.READ) == Errno.SUCCESS) {
          int second = guest.result();
          assertThat(guest.read(second)).isEqualTo("inside");
          guest.close(second);
        }
        guest.path("path_unlink_file", "second");
        if (guest.readLink("d/link") == Errno.SUCCESS) {
          assertThat(guest.target()).isEqualTo("text-inside");
        }
      }
    } finally {
      done.set(true);
      thread.join();
    }
    assertThat(swapper.get()).isPositive();
    assertThat(reached).isPositive();
    try (var names = Files.list(outside)) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .containsExactlyInAnyOrder("file", "link");
    }
    assertThat(outside.resolve("file")).hasContent("outside");
    assertThat(Files.getAttribute(outside.resolve("file"), "unix:nlink")).isEqualTo(1);
    OpenHandles.assertNoneBelow(temporary);
  }
}
