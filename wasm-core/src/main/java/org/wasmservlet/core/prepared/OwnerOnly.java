package org.wasmservlet.core.prepared;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Keeps files from all but the user that this process runs as: whoever can write a prepared module
 * runs code in the process that reads it. Where files have no POSIX permissions, that is left to
 * the directory's.
 */
final class OwnerOnly {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private OwnerOnly() {}

  static FileAttribute<?>[] ofDirectory() {
    return attributes("rwx------");
  }

  static FileAttribute<?>[] ofFile() {
    return attributes("rw-------");
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Refuses what another user could have written, by its owner and its permissions. Root counts as
   * this user: it could do anything anyway.
   *
   * @param path a file or directory; a link is looked at itself
   * @param user the number of the user that this process runs as
   * @throws IOException that says so, and names it
   */
  static void check(Path path, Object user) throws IOException {
    if (!POSIX) {
      return;
    }
    Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(0) && !owner.equals(user)) {
      throw new IOException(path + " belongs to another user (uid " + owner + ")");
    }
    for (PosixFilePermission permission :
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)) {
      if (OTHERS_WRITE.contains(permission)) {
        throw new IOException(
            path + " can be written by other users; take that from them (chmod go-w)");
      }
    }
  }

  /** The number of the user that a file that this process has just made belongs to. */
  static Object ownerOf(Path path) throws IOException {
    return POSIX ? Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) : null;
  }
}
