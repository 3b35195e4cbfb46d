package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.SeenFiles;
import org.wasmservlet.core.directory.Tree;
import org.wasmservlet.core.directory.WasiError;

/**
 * A mount point in one run. Its directory is opened when the guest first uses it; a private one is
 * made then.
 */
final class Mount implements Tree {
  private final MountPoint point;
  private final int number;
  private final SeenFiles seen;
  private PrivateDirectory own;
  private Directory root;
  private boolean closed;

  /**
   * Makes it.
   *
   * @param number its place among the mounts of the run
   * @param seen told what the guest looks at there; null if nobody wants to know
   */
  Mount(MountPoint point, int number, SeenFiles seen) {
    this.point = point;
    this.number = number;
    this.seen = isPrivate() ? null : seen;
  }

  /** The mount that a directory of a guest's is in. */
  static Mount of(Directory directory) {
    return (Mount) directory.tree();
  }

  @Override
  public boolean isKept() {
    return readOnly();
  }

  @Override
  public void beforeStep() {
    GuestInterrupted.check();
  }

  String guestPath() {
    return point.guestPath();
  }

  /** Its place among the mounts of its run, the same in every run of a configuration. */
  int number() {
    return number;
  }

  boolean isPrivate() {
    return point.kind() == MountPoint.Kind.PRIVATE;
  }

  /** The path from the mounted directory to something in it. */
  Path relative(Path host) {
    return (own == null ? point.hostDirectory() : own.path()).relativize(host);
  }

  /** What the guest calls a path. */
  String guestName(Path host) {
    return Path.of(point.guestPath()).resolve(relative(host)).toString();
  }

  /**
   * Refuses what another run would not find.
   *
   * @throws HostFreezer.NotKeptException if the guest has left something in a private directory
   */
  void requireNothingPrivate() throws IOException, HostFreezer.NotKeptException {
    if (own == null || root == null) {
      return;
    }
    try (DirectoryStream<Path> entries = root.list()) {
      for (Path entry : entries) {
        if (!Staging.isReserved(entry.getFileName().toString())) {
          throw new HostFreezer.NotKeptException(
              "it has left "
                  + guestName(own.path().resolve(entry.getFileName()))
                  + " in a directory that each run has anew");
        }
      }
    }
  }

  boolean readOnly() {
    return point.kind() == MountPoint.Kind.READ_ONLY;
  }

  @Override
  public void saw(Directory in, Path name, BasicFileAttributes attributes) {
    if (seen != null) {
      seen.saw(in, name, attributes);
    }
  }

  /** To be called before the entries of one of its directories are read. */
  void beforeListing(Directory directory) throws IOException {
    if (seen != null) {
      seen.listed(directory, directory.attributes());
    }
  }

  /** Refuses what would change a read-only mount, and everything below it. */
  void refuseIfReadOnly() throws WasiError {
    if (readOnly()) {
      throw Errno.ROFS.error();
    }
  }

  /** To be called before a file is written to, or its attributes: refuses that where it may not. */
  static void beforeWriting(Directory directory, Path name) throws WasiError {
    Mount mount = of(directory);
    mount.refuseIfReadOnly();
    if (mount.seen != null) {
      mount.seen.writes(directory, name);
    }
  }

  /** To be called before an entry is made, removed or renamed: refuses that where it may not. */
  static void beforeChanging(Directory directory, Path name) throws WasiError {
    Mount mount = of(directory);
    mount.refuseIfReadOnly();
    if (mount.seen != null) {
      mount.seen.changes(directory, name);
    }
  }

  /** The mounted directory; the mount keeps it open. */
  Directory root() throws IOException {
    if (root == null) {
      if (closed) {
        throw new IOException("Bad file descriptor");
      }
      // Paths of the host, and for a private directory random numbers: more than handles need.
      HeadRoom.require(HeadRoom.ANYTHING);
      if (own == null && point.kind() == MountPoint.Kind.PRIVATE) {
        own = PrivateDirectory.create(point.hostDirectory());
      }
      root = open(own == null ? point.hostDirectory() : own.path());
    }
    return root;
  }

  /** Closes the directory, and deletes a private one with all that is in it. */
  void close() {
    closed = true;
    // First, for as long as the directory is open it is no other that has its number.
    if (own != null) {
      own.delete();
    }
    if (root != null) {
      root.release();
      root = null;
    }
  }

  private Directory open(Path path) throws IOException {
    requireNoLinks(path);
    SecureDirectoryStream<Path> steps = openByHandles(path);
    SecureDirectoryStream<Path> stream = steps == null ? PrivateDirectory.open(path) : steps;
    boolean made = false;
    try {
      Directory directory = new Directory(stream, path, this);
      if (steps == null) {
        requireSame(path, directory);
      }
      made = true;
      return directory;
    } finally {
      if (!made) {
        stream.close();
      }
    }
  }

  /** Whoever can change a directory on the way may have put a link there. */
  private static void requireNoLinks(Path path) throws IOException {
    if (!path.equals(path.toRealPath()) || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(path.toString());
    }
  }

  /**
   * Opens each directory on the way by the handle of the one above, so that no link is followed
   * which is there for a moment only.
   *
   * @return null if one of them may be passed but not read, which handles of the JDK need
   */
  private static SecureDirectoryStream<Path> openByHandles(Path path) throws IOException {
    SecureDirectoryStream<Path> at = null;
    try {
      at = PrivateDirectory.open(path.getRoot());
      for (Path name : path) {
        SecureDirectoryStream<Path> above = at;
        at = null;
        try (above) {
          at = DirectoryContents.open(above, name);
        }
      }
      return at;
    } catch (AccessDeniedException e) {
      return null;
    }
  }

  private static void requireSame(Path path, Directory directory) throws IOException {
    Object there =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    if (!directory.key().equals(there)) {
      throw new NotDirectoryException(path.toString());
    }
    requireNoLinks(path);
  }
}
