package org.wasmservlet.cgi;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file that has no name: what clients sent and programs answered does not stay where
 * the server is killed. It is written, then read, by one thread.
 */
final class NamelessFile implements Closeable {
  /** Not a channel: an interruption, which is meant for a guest, would close it. */
  private final RandomAccessFile file;

  /** Null where the file system let go of it at once. */
  private final Path name;

  private NamelessFile(RandomAccessFile file, Path name) {
    this.file = file;
    this.name = name;
  }

  /**
   * Makes an empty file that its owner alone may read.
   *
   * @param directory on whose file system it is
   * @param prefix what it is called for a moment; where an open file cannot be deleted, until it is
   *     closed
   */
  static NamelessFile in(Path directory, String prefix) throws IOException {
    Path path = Files.createTempFile(directory, prefix, ".body");
    RandomAccessFile opened = null;
    try {
      opened = new RandomAccessFile(path.toFile(), "rw");
    } finally {
      if (opened == null) {
        Files.deleteIfExists(path);
      }
    }
    try {
      Files.delete(path);
      return new NamelessFile(opened, null);
    } catch (IOException e) {
      return new NamelessFile(opened, path);
    }
  }

  /** Goes on after what has been written. */
  OutputStream output() throws IOException {
    return new FileOutputStream(file.getFD());
  }

  /** Everything that has been written, from the beginning. */
  InputStream input() throws IOException {
    file.seek(0);
    return new FileInputStream(file.getFD());
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      if (name != null) {
        Files.deleteIfExists(name);
      }
    }
  }
}
