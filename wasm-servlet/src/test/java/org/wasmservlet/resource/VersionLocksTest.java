package org.wasmservlet.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionLocksTest {
  private static final String OLD = "0123456789abcdef".repeat(4);
  private static final String NEW = "fedcba9876543210".repeat(4);

  @TempDir private Path folder;

  @Test
  @SuppressWarnings("try")
  void keepsAVersionThatAnotherProcessWorksWith() throws Exception {
    Path file = folder.resolve("locks");
    VersionLocks locks = VersionLocks.open(file);
    try (LockingProcess ignored = LockingProcess.start(file, OLD)) {
      locks.hold(NEW);
      assertThat(removed(locks, OLD, NEW)).containsExactly(NEW);
      // Both may work with it.
      locks.hold(OLD);
      assertThat(removed(locks, OLD)).isEmpty();
    }
    assertThat(removed(locks, OLD)).containsExactly(OLD);
  }

  @Test
  void removesWhatThisProcessAloneWorksWith() throws IOException {
    VersionLocks locks = VersionLocks.open(folder.resolve("locks"));
    assertThat(VersionLocks.open(folder.resolve("locks"))).isSameAs(locks);
    locks.hold(OLD);
    locks.hold(OLD);
    assertThat(removed(locks, OLD, NEW)).containsExactly(OLD, NEW);
  }

  private static List<String> removed(VersionLocks locks, String... versions) throws IOException {
    List<String> removed = new ArrayList<>();
    for (String version : versions) {
      locks.removeIfUnused(version, () -> removed.add(version));
    }
    return removed;
  }
}
