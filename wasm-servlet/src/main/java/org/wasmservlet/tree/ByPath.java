package org.wasmservlet.tree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Stands for a handle where the JDK has none (Windows, and file systems that are no directories of
 * the host's). Nothing changes there behind our back: no program is given a directory on such a
 * file system. For reading only.
 */
final class ByPath implements SecureDirectoryStream<Path> {
  private final Path directory;

  ByPath(Path directory) {
    this.directory = directory;
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path name, LinkOption... options) {
    return new ByPath(directory.resolve(name));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    // Not every file system takes the option, and the entry was seen to be a file.
    Set<OpenOption> taken = new HashSet<>(options);
    taken.remove(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(directory.resolve(name), taken, attributes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
    return Files.getFileAttributeView(directory, type);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path name, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(directory.resolve(name), type, options);
  }

  @Override
  public Iterator<Path> iterator() {
    return Collections.emptyIterator();
  }

  @Override
  public void deleteFile(Path name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deleteDirectory(Path name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Path name, SecureDirectoryStream<Path> to, Path newName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    // There is nothing open.
  }
}
