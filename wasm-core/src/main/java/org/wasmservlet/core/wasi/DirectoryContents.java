package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Empties directories by their handles: what is deleted is in the directory that was opened,
 * wherever links in it lead and whatever its path leads to by now.
 */
final class DirectoryContents {
  private static final Path HERE = Path.of(".");

  private final SecureDirectoryStream<Path> top;
  private final Path last;
  private final Deque<Path> directories = new ArrayDeque<>();
  private int moved;

  private DirectoryContents(SecureDirectoryStream<Path> top, Path last) {
    this.top = top;
    this.last = last;
  }

  /**
   * Deletes what is in a directory. What cannot be deleted stays.
   *
   * @param last name of a file that is there as long as anything else is
   */
  static void delete(SecureDirectoryStream<Path> directory, Path last) {
    try {
      new DirectoryContents(directory, last).delete();
    } catch (IOException | RuntimeException e) {
      // Deleting the directory itself fails then, or does not.
    }
  }

  /** Opens an entry that is a directory itself, not a link to one. */
  static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> in, Path name)
      throws IOException {
    return in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * A guest can nest directories deeper than handles or a stack last, so a directory's own
   * directories are moved up to the top before it is deleted: two handles are enough for all.
   */
  private void delete() throws IOException {
    try (SecureDirectoryStream<Path> entries = open(top, HERE)) {
      for (Path entry : entries) {
        if (!entry.getFileName().equals(last)) {
          deleteOrKeep(top, entry.getFileName());
        }
      }
    }
    while (!directories.isEmpty()) {
      Path name = directories.pop();
      try (SecureDirectoryStream<Path> directory = open(top, name);
          SecureDirectoryStream<Path> entries = open(directory, HERE)) {
        for (Path entry : entries) {
          deleteOrKeep(directory, entry.getFileName());
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
    top.deleteFile(last);
  }

  private void deleteOrKeep(SecureDirectoryStream<Path> in, Path name) {
    try {
      if (!in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isDirectory()) {
        in.deleteFile(name);
        return;
      }
      // A name that no entry of the top can have yet, since all of those have been renamed first.
      Path unique = Path.of(Staging.PREFIX + moved++);
      in.move(name, top, unique);
      directories.push(unique);
    } catch (IOException e) {
      // The others can still go.
    }
  }
}
