package org.wasmservlet.tree;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.DirectoryCache;
import org.wasmservlet.core.directory.PathWalk;
import org.wasmservlet.core.directory.Tree;
import org.wasmservlet.preopen.GivenDirectories;

/**
 * A directory and what is below it. Files are looked up and opened as for guests: directory by
 * directory, by handles, and no link is followed but by a walk that cannot leave the tree. So
 * nothing that a program does to the files meanwhile leads outside.
 *
 * <p>Handles of the directories that were used last are kept; a walk looks whether they still are
 * what they were. Thread-safe.
 */
public final class FileTree implements AutoCloseable {
  /** As most systems allow for a path. */
  private static final int PATH_CHARACTERS = 4096;

  /** Each is an open handle of a request. */
  private static final int DEPTH = 64;

  private final Path path;
  private final Path real;
  private final DirectoryCache directories = new DirectoryCache();
  private final PathWalk walks = new PathWalk(directories, PATH_CHARACTERS, DEPTH);
  private final Tree rules = new Rules();

  // Guarded by this.
  private Directory root;
  private boolean closed;

  private FileTree(Path path, Path real) {
    this.path = path;
    this.real = real;
  }

  /**
   * Takes a directory. Links in its path are followed now and not again, as for guests.
   *
   * @param directory an absolute path
   * @return to be closed
   * @throws IOException if it is not there
   */
  public static FileTree of(Path directory) throws IOException {
    return new FileTree(directory, directory.toRealPath());
  }

  /** The directory as it was named. */
  public Path path() {
    return path;
  }

  /** The directory without links. */
  public Path real() {
    return real;
  }

  /**
   * Begins a walk in the directory.
   *
   * @return to be closed
   * @throws NoSuchFileException if the directory is not there
   * @throws IOException if it cannot be opened
   */
  public TreeWalk walk() throws IOException {
    Directory base = null;
    try {
      base = root();
      return new TreeWalk(this, walks.from(base));
    } catch (IOException e) {
      if (TreeWalk.saysNothingIsThere(e)) {
        throw new NoSuchFileException(real.toString(), null, e.getMessage());
      }
      throw e;
    } finally {
      if (base != null) {
        base.release();
      }
    }
  }

  private Directory root() throws IOException {
    Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
    synchronized (this) {
      if (root != null && Objects.equals(root.key(), key)) {
        return root.use();
      }
      Directory opened = open();
      if (!closed) {
        if (root != null) {
          root.release();
        }
        root = opened.use();
      }
      return opened;
    }
  }

  private Directory open() throws IOException {
    // What a program can change on the way to the directory is not followed either.
    Path changeable = GivenDirectories.firstWritable(real);
    DirectoryStream<Path> opened =
        changeable == null ? Files.newDirectoryStream(real) : descend(changeable);
    boolean made = false;
    try {
      Directory directory =
          new Directory(
              opened instanceof SecureDirectoryStream<Path> handle ? handle : new ByPath(real),
              real,
              rules);
      made = opened instanceof SecureDirectoryStream;
      return directory;
    } finally {
      if (!made) {
        opened.close();
      }
    }
  }

  private SecureDirectoryStream<Path> descend(Path from) throws IOException {
    SecureDirectoryStream<Path> at = handle(Files.newDirectoryStream(from));
    for (Path name : from.relativize(real)) {
      try (SecureDirectoryStream<Path> parent = at) {
        at = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
      }
    }
    return at;
  }

  private static SecureDirectoryStream<Path> handle(DirectoryStream<Path> opened)
      throws IOException {
    if (opened instanceof SecureDirectoryStream<Path> handle) {
      return handle;
    }
    opened.close();
    // Nor does a program get a directory there.
    throw new IOException("there are no handles of directories on this file system");
  }

  /** Gives the kept handles back. Requests that are running end undisturbed. */
  @Override
  public synchronized void close() {
    closed = true;
    if (root != null) {
      root.release();
      root = null;
    }
    directories.close();
  }

  private final class Rules implements Tree {
    @Override
    public boolean isKept() {
      return false;
    }

    @Override
    public Path below(Path target) {
      Path base = target.startsWith(real) ? real : path;
      if (!target.startsWith(base)) {
        return null;
      }
      int names = base.getNameCount();
      return target.getNameCount() == names
          ? target.getFileSystem().getPath("")
          : target.subpath(names, target.getNameCount());
    }
  }
}
