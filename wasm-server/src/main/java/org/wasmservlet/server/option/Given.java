package org.wasmservlet.server.option;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files and directories that a command line names; relative paths are the shell's. */
final class Given {
  private Given() {}

  /**
   * A path of which nothing is known.
   *
   * @return absolute
   */
  static Path path(String option, String value) throws UsageException {
    if (value.isEmpty()) {
      throw new UsageException(option, value, "has no value");
    }
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UsageException(option, value, "not a path: " + e.getReason());
    }
  }

  /** A file that can be read. */
  static Path file(String option, String value) throws UsageException {
    Path path = path(option, value);
    if (!Files.exists(path)) {
      throw new UsageException(option, value, "no such file");
    }
    if (!Files.isRegularFile(path)) {
      throw new UsageException(option, value, "not a regular file");
    }
    if (!Files.isReadable(path)) {
      throw new UsageException(option, value, "cannot be read: permission denied");
    }
    return path;
  }

  /** A directory that can be looked into. */
  static Path directory(String option, String value) throws UsageException {
    return directory(option, value, value);
  }

  /** The same where the directory's name is a part of the value. */
  static Path directory(String option, String value, String name) throws UsageException {
    Path path = path(option, name);
    if (!Files.exists(path)) {
      throw new UsageException(option, value, "no such directory");
    }
    if (!Files.isDirectory(path)) {
      throw new UsageException(option, value, "not a directory");
    }
    if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      throw new UsageException(option, value, "cannot be read: permission denied");
    }
    return path;
  }

  /** What a failure of the file system's comes to. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof NoSuchFileException ? "no such directory" : e.toString();
  }
}
