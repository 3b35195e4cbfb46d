package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts what this process has open below a directory, where the platform tells. */
final class OpenHandles {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenHandles() {}

  static void assertNoneBelow(Path directory) throws IOException {
    if (Files.isDirectory(DESCRIPTORS)) {
      assertThat(below(directory.toRealPath())).isZero();
    }
  }

  /** 0 where the platform does not tell. */
  static int countBelow(Path directory) throws IOException {
    return Files.isDirectory(DESCRIPTORS) ? below(directory.toRealPath()) : 0;
  }

  private static int below(Path directory) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        try {
          if (Files.readSymbolicLink(descriptor).startsWith(directory)) {
            count++;
          }
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    return count;
  }
}
