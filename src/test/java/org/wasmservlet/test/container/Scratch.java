package org.wasmservlet.test.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Directories that the tests write to; they stay in the build's output, to be looked at. */
public final class Scratch {
  private static final Path ROOT = Path.of("target/scratch").toAbsolutePath();

  private Scratch() {}

  /** Makes an empty directory. */
  public static Path directory(String name) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(ROOT), name);
  }

  /** Copies all that is in a directory, into another one. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
