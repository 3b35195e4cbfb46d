package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;

/** Makes and deletes the directories that belong to one run. */
public final class PrivateDirectory {
  private static final String PREFIX = "wasm-servlet-";

  private PrivateDirectory() {}

  /** Whether a name is that of a run's own directory. */
  public static boolean isOne(Path name) {
    return name.toString().startsWith(PREFIX);
  }

  /**
   * Makes an empty directory that no other user of the host can look into.
   *
   * @return its real path
   */
  static Path create(Path parent) throws IOException {
    return Files.createTempDirectory(parent.toRealPath(), PREFIX);
  }

  /**
   * Deletes a directory and what is in it, never what a link in it leads to. What cannot be deleted
   * stays: a run has no one to tell.
   */
  static void delete(Path directory) {
    try (DirectoryStream<Path> opened = Files.newDirectoryStream(directory)) {
      if (opened instanceof SecureDirectoryStream<Path> stream) {
        empty(stream);
      }
    } catch (IOException | RuntimeException e) {
      // Deleting the directory itself fails then, or does not.
    }
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // It stays.
    }
  }

  /**
   * A guest can nest directories deeper than handles or a stack last, so a directory's own
   * directories are moved up to the top before it is deleted: two handles are enough for all.
   */
  private static void empty(SecureDirectoryStream<Path> top) throws IOException {
    Deque<Path> directories = new ArrayDeque<>();
    int[] moved = {0};
    Path here = Path.of(".");
    try (SecureDirectoryStream<Path> entries = open(top, here)) {
      for (Path entry : entries) {
        deleteOrKeep(top, top, entry.getFileName(), directories, moved);
      }
    }
    while (!directories.isEmpty()) {
      Path name = directories.pop();
      try (SecureDirectoryStream<Path> directory = open(top, name);
          SecureDirectoryStream<Path> entries = open(directory, here)) {
        for (Path entry : entries) {
          deleteOrKeep(directory, top, entry.getFileName(), directories, moved);
        }
      } catch (IOException e) {
        // The others can still go.
      }
      try {
        top.deleteDirectory(name);
      } catch (IOException e) {
        // The others can still go.
      }
    }
  }

  private static void deleteOrKeep(
      SecureDirectoryStream<Path> in,
      SecureDirectoryStream<Path> top,
      Path name,
      Deque<Path> directories,
      int[] moved) {
    try {
      if (!in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isDirectory()) {
        in.deleteFile(name);
        return;
      }
      // A name that no entry of the top can have yet, since all of those have been renamed first.
      Path unique = Path.of(Staging.PREFIX + moved[0]++);
      in.move(name, top, unique);
      directories.push(unique);
    } catch (IOException e) {
      // The others can still go.
    }
  }

  private static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> in, Path name)
      throws IOException {
    return in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }
}
