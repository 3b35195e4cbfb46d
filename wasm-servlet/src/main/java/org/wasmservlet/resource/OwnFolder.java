package org.wasmservlet.resource;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A folder that this process has made, or has found as it would have made it. */
final class OwnFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** What a user may have made, whom others may look at, but not write. */
  private static final Set<PosixFilePermission> NOT_WRITTEN_BY_OTHERS =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private OwnFolder() {}

  /**
   * Makes a folder for the server's user alone, where there is none.
   *
   * @throws IOException if it cannot be made, or if it is a link, another user's or open to others
   */
  static Path make(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, ownerOnly(folder));
    } catch (FileAlreadyExistsException e) {
      check(folder, OWNER_ONLY, " is open to others than its owner");
    }
    return folder;
  }

  /**
   * Makes a folder for the server's user alone, with those above it, where there is none that only
   * this user can write.
   *
   * @throws IOException if it cannot be made, is another user's, or can be written by others
   */
  static void makeUnlessThere(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      check(folder.toRealPath(), NOT_WRITTEN_BY_OTHERS, " can be written by other users");
    } else {
      Files.createDirectories(folder.getParent());
      make(folder);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    return Files.getFileStore(folder.getParent()).supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static void check(Path folder, Set<PosixFilePermission> allowed, String otherwise)
      throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is in the way: it is not a directory");
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    if (!allowed.containsAll(attributes.permissions())) {
      throw new IOException(folder + otherwise);
    }
    // Java does not tell a process who it is; a file that it makes does.
    Path made = Files.createTempFile(folder, "check-", ".part");
    try {
      if (!attributes.owner().equals(Files.getOwner(made, LinkOption.NOFOLLOW_LINKS))) {
        throw new IOException(folder + " belongs to another user");
      }
    } finally {
      Files.deleteIfExists(made);
    }
  }
}
