package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The handle of an open host directory. What it does, it does to the directory that was opened,
 * wherever its path may lead by now, and never through a link.
 *
 * <p>Counts its users and is closed by the last. Thread-safe.
 */
public final class Directory {
  private final SecureDirectoryStream<Path> stream;
  private final Path hostPath;
  private final Tree tree;
  private final Object key;
  private final AtomicInteger users = new AtomicInteger(1);

  /** Null until it is needed; guarded by this. */
  private SteadyPath steadyPath;

  /**
   * Takes an open directory over, unless that fails.
   *
   * @param stream closed by the last user
   * @param hostPath where it is, without links
   * @param tree that it belongs to
   * @throws IOException if it cannot be looked at
   */
  public Directory(SecureDirectoryStream<Path> stream, Path hostPath, Tree tree)
      throws IOException {
    this.stream = stream;
    this.hostPath = hostPath;
    this.tree = tree;
    this.key = attributes().fileKey();
  }

  /** Where it was when it was opened. */
  public Path hostPath() {
    return hostPath;
  }

  /**
   * A path for what the JDK does by path only: it leads here, or there is none.
   *
   * @throws IOException if there is none any more
   */
  public synchronized Path steadyPath() throws IOException {
    if (steadyPath == null) {
      steadyPath = SteadyPath.of(this);
    }
    return steadyPath.to(this);
  }

  /** The tree that it belongs to. */
  public Tree tree() {
    return tree;
  }

  /** Identifies the directory on its host while it is open. */
  public Object key() {
    return key;
  }

  /** Counts another user, who releases it. */
  public Directory use() {
    users.incrementAndGet();
    return this;
  }

  /** To be called once by each user. */
  public void release() {
    if (users.decrementAndGet() == 0) {
      closeSteadyPath();
      try {
        stream.close();
      } catch (IOException e) {
        // Nothing was written through it, so nothing is lost.
      }
    }
  }

  private synchronized void closeSteadyPath() {
    if (steadyPath != null) {
      steadyPath.close();
    }
  }

  /** Its own attributes. */
  public BasicFileAttributes attributes() throws IOException {
    return view().readAttributes();
  }

  /** Its own attributes, to be read and set. */
  public BasicFileAttributeView view() {
    return stream.getFileAttributeView(BasicFileAttributeView.class);
  }

  /** The attributes of an entry, not of what it links to. */
  public BasicFileAttributes attributes(Path name) throws IOException {
    return view(name).readAttributes();
  }

  /** The attributes of an entry, or null if there is none. */
  public BasicFileAttributes attributesIfThere(Path name) throws IOException {
    try {
      return attributes(name);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The attributes of an entry, to be read and set. */
  public BasicFileAttributeView view(Path name) {
    return stream.getFileAttributeView(
        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Opens an entry that was seen to be a directory: opening a pipe would wait for its peer. */
  Directory open(Path name) throws IOException {
    SecureDirectoryStream<Path> opened = stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    boolean made = false;
    try {
      Directory directory = new Directory(opened, hostPath.resolve(name), tree);
      made = true;
      return directory;
    } finally {
      if (!made) {
        opened.close();
      }
    }
  }

  /** Opens an entry that was seen to be a regular file or is created. */
  public FileChannel openFile(Path name, Set<OpenOption> options) throws IOException {
    return (FileChannel) stream.newByteChannel(name, options);
  }

  /** Lists the entries as they are now. */
  public DirectoryStream<Path> list() throws IOException {
    // A stream can be read once, and ours is needed as long as the handle.
    return stream.newDirectoryStream(
        hostPath.getFileSystem().getPath("."), LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes an entry that is no directory. */
  public void deleteFile(Path name) throws IOException {
    stream.deleteFile(name);
  }

  /** Removes an entry that is an empty directory. */
  public void deleteDirectory(Path name) throws IOException {
    stream.deleteDirectory(name);
  }

  /** Renames an entry; what has the new name is replaced. */
  public void move(Path name, Directory to, Path newName) throws IOException {
    stream.move(name, to.stream, newName);
  }
}
