package org.wasmservlet.core.wasi;

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

/**
 * The handle of an open host directory. What it does, it does to the directory that was opened,
 * wherever its path may lead by now, and never through a link.
 *
 * <p>Counts its users, of one thread, and is closed by the last.
 */
final class Directory {
  private final SecureDirectoryStream<Path> stream;
  private final Path hostPath;
  private final Mount mount;
  private final Object key;
  private SteadyPath steadyPath;
  private int users = 1;

  Directory(SecureDirectoryStream<Path> stream, Path hostPath, Mount mount) throws IOException {
    this.stream = stream;
    this.hostPath = hostPath;
    this.mount = mount;
    this.key = attributes().fileKey();
  }

  /** Where it was when it was opened. */
  Path hostPath() {
    return hostPath;
  }

  /** A path for what the JDK does by path only: it leads here, or there is none. */
  Path steadyPath() throws IOException {
    if (steadyPath == null) {
      steadyPath = SteadyPath.of(this);
    }
    return steadyPath.to(this);
  }

  Mount mount() {
    return mount;
  }

  /** Identifies the directory on its host while it is open. */
  Object key() {
    return key;
  }

  Directory use() {
    users++;
    return this;
  }

  void release() {
    if (--users == 0) {
      if (steadyPath != null) {
        steadyPath.close();
      }
      try {
        stream.close();
      } catch (IOException e) {
        // Nothing was written through it, so nothing is lost.
      }
    }
  }

  BasicFileAttributes attributes() throws IOException {
    return view().readAttributes();
  }

  BasicFileAttributeView view() {
    return stream.getFileAttributeView(BasicFileAttributeView.class);
  }

  /** The attributes of an entry, not of what it links to. */
  BasicFileAttributes attributes(Path name) throws IOException {
    return view(name).readAttributes();
  }

  /** The attributes of an entry, or null if there is none. */
  BasicFileAttributes attributesIfThere(Path name) throws IOException {
    try {
      return attributes(name);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  BasicFileAttributeView view(Path name) {
    return stream.getFileAttributeView(
        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Opens an entry that was seen to be a directory: opening a pipe would wait for its peer. */
  Directory open(Path name) throws IOException {
    SecureDirectoryStream<Path> opened = stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    boolean made = false;
    try {
      Directory directory = new Directory(opened, hostPath.resolve(name), mount);
      made = true;
      return directory;
    } finally {
      if (!made) {
        opened.close();
      }
    }
  }

  /** Opens an entry that was seen to be a regular file or is created. */
  FileChannel openFile(Path name, Set<OpenOption> options) throws IOException {
    return (FileChannel) stream.newByteChannel(name, options);
  }

  /** Lists the entries as they are now. */
  DirectoryStream<Path> list() throws IOException {
    // A stream can be read once, and ours is needed as long as the handle.
    return stream.newDirectoryStream(
        hostPath.getFileSystem().getPath("."), LinkOption.NOFOLLOW_LINKS);
  }

  void deleteFile(Path name) throws IOException {
    stream.deleteFile(name);
  }

  void deleteDirectory(Path name) throws IOException {
    stream.deleteDirectory(name);
  }

  /** Renames an entry; what has the new name is replaced. */
  void move(Path name, Directory to, Path newName) throws IOException {
    stream.move(name, to.stream, newName);
  }
}
