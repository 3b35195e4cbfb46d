package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/**
 * A file that has been opened: the one whose attributes were looked at, not what has its name by
 * then.
 *
 * @param channel to be closed
 * @param attributes of the file, read after it was opened
 */
public record OpenedFile(FileChannel channel, BasicFileAttributes attributes) {
  /** How often a file may be replaced between looking and opening before that is an error. */
  private static final int ATTEMPTS = 16;

  /** Says what may be opened. */
  @FunctionalInterface
  public interface Check {
    /**
     * Looks at an entry before it is opened.
     *
     * @param attributes its own, not those of what it links to
     * @throws WasiError if it is not to be opened; a pipe would make the thread wait, deaf to
     *     interrupts, and a device is the host's
     */
    void require(BasicFileAttributes attributes) throws WasiError;
  }

  /**
   * Opens an entry.
   *
   * @param seen its attributes
   * @param options with NOFOLLOW_LINKS, and none that makes a file
   * @throws WasiError from the check, or EBUSY if it is replaced again and again
   * @throws IOException if it is gone or cannot be opened
   */
  public static OpenedFile open(
      Directory directory,
      Path name,
      BasicFileAttributes seen,
      Set<OpenOption> options,
      Check check)
      throws IOException, WasiError {
    BasicFileAttributes before = seen;
    for (int i = 0; i < ATTEMPTS; i++) {
      check.require(before);
      FileChannel channel = openUnlessReplaced(directory, name, before, options);
      BasicFileAttributes after = null;
      boolean same = false;
      try {
        after = channel == null ? null : directory.attributesIfThere(name);
        same = after != null && Objects.equals(after.fileKey(), before.fileKey());
      } finally {
        if (!same && channel != null) {
          channel.close();
        }
      }
      if (same) {
        return new OpenedFile(channel, after);
      }
      // The name became another file's: what we opened may be the one or the other.
      before = directory.attributes(name);
    }
    throw Errno.BUSY.error();
  }

  /** Null if it cannot be opened and was another when that was tried: a link, perhaps. */
  private static FileChannel openUnlessReplaced(
      Directory directory, Path name, BasicFileAttributes before, Set<OpenOption> options)
      throws IOException {
    try {
      return directory.openFile(name, options);
    } catch (IOException e) {
      if (FileErrors.of(e) == Errno.LOOP) {
        return null;
      }
      BasicFileAttributes now = directory.attributesIfThere(name);
      if (now != null && Objects.equals(now.fileKey(), before.fileKey())) {
        throw e;
      }
      return null;
    }
  }
}
