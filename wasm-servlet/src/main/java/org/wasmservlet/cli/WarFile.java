package org.wasmservlet.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.wasmservlet.host.ModuleStorage;

/**
 * A packed web application. It is unpacked, as servers do, and what has been added to it is put
 * into a copy that takes its place: it is never half-written.
 */
final class WarFile {
  private WarFile() {}

  /** What is done with it. */
  @FunctionalInterface
  interface Work {
    /**
     * Changes what is in {@value ModuleStorage#OWN_FOLDER}.
     *
     * @param root where it is unpacked
     * @param temporary an empty directory beside that
     */
    void on(Path root, Path temporary) throws IOException;
  }

  /**
   * Changes a WAR.
   *
   * @throws IOException if it cannot be read or written; it is as it was then
   */
  static void change(Path war, Work work) throws IOException {
    Path place = Files.createTempDirectory("wasm-servlet-");
    try {
      Path root = Files.createDirectory(place.resolve("application"));
      unpack(war, root);
      work.on(root, Files.createDirectory(place.resolve("temporary")));
      replace(war.toRealPath(), root.resolve(ModuleStorage.OWN_FOLDER));
    } finally {
      delete(place);
    }
  }

  private static FileSystem open(Path war) throws IOException {
    try {
      return FileSystems.newFileSystem(war);
    } catch (ProviderNotFoundException e) {
      throw new IOException("it is no archive", e);
    }
  }

  private static void unpack(Path war, Path root) throws IOException {
    try (FileSystem archive = open(war);
        Stream<Path> files = Files.walk(archive.getPath("/"))) {
      for (Path file : files.toList()) {
        Path target = root.resolve(file.toString().substring(1)).normalize();
        if (!target.startsWith(root)) {
          throw new IOException(war + " has a file of the name '" + file + "'");
        }
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
          // Python believes compiled modules by the time of their sources.
          Files.setLastModifiedTime(target, Files.getLastModifiedTime(file));
        }
      }
    }
  }

  /** Makes the WAR's own folder what this one is. */
  private static void replace(Path war, Path folder) throws IOException {
    Path copy = Files.createTempFile(war.getParent(), war.getFileName() + "-", ".part");
    try {
      Files.copy(
          war, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      try (FileSystem archive = open(copy)) {
        Path target = Files.createDirectories(archive.getPath("/" + ModuleStorage.OWN_FOLDER));
        for (Path file : list(target)) {
          if (!Files.exists(folder.resolve(file.getFileName().toString()))) {
            Files.delete(file);
          }
        }
        for (Path file : list(folder)) {
          Files.copy(
              file,
              target.resolve(file.getFileName().toString()),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.move(copy, war, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Deletes a directory with all that is in it. */
  static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = new ArrayList<>(walk.toList());
    }
    Collections.reverse(files);
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
