package org.wasmservlet.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A configuration file of the host, and those that it includes, relative to its directory. */
final class HostSource extends ReadableSource {
  private final Path file;

  HostSource(Path file) {
    this.file = file;
  }

  @Override
  String missing(String name) {
    return "no such file";
  }

  @Override
  InputStream open(String name) throws IOException {
    Path path = resolve(name);
    if (Files.isDirectory(path)) {
      throw new IOException("is a directory");
    }
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      return null;
    } catch (AccessDeniedException e) {
      throw new IOException("cannot be read: permission denied", e);
    }
  }

  private Path resolve(String name) throws IOException {
    if (name.equals(file.toString())) {
      return file;
    }
    try {
      return file.toAbsolutePath().resolveSibling(name);
    } catch (InvalidPathException e) {
      throw new IOException("not a path: " + e.getReason(), e);
    }
  }
}
