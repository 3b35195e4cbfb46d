package org.wasmservlet.test.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories that the tests write to; they stay in the build's output, to be looked at. */
public final class Scratch {
  private static final Path ROOT = Path.of("target/scratch").toAbsolutePath();

  private Scratch() {}

  /** Makes an empty directory. */
  public static Path directory(String name) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(ROOT), name);
  }
}
