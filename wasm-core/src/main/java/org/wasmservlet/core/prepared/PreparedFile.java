package org.wasmservlet.core.prepared;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A prepared module's file, mapped into memory. It is locked until it is closed, which tells other
 * processes that it is in use; the mapped bytes stay as long as anything refers to them.
 */
public final class PreparedFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer bytes;

  private PreparedFile(Path path, FileChannel channel, ByteBuffer bytes) {
    this.path = path;
    this.channel = channel;
    this.bytes = bytes;
  }

  /**
   * Opens a file as it is.
   *
   * @param path which one
   * @return to be closed
   * @throws IOException if it cannot be read
   */
  public static PreparedFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    boolean opened = false;
    try {
      lock(channel);
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      opened = true;
      return new PreparedFile(path, channel, bytes);
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  private static void lock(FileChannel channel) {
    try {
      channel.tryLock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException | IOException e) {
      // Another web application of this process has it, or the file system has no locks. The lock
      // only keeps the file from being cleared away early, which would cost a compilation.
    }
  }

  /**
   * Tells whether any process has a file open. Never wrong where it says so; a file system without
   * locks lets it say no.
   */
  static boolean isInUse(Path path) {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The file.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  /**
   * The file's content.
   *
   * @return read-only
   */
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written; the lock goes with the process at the latest.
    }
  }
}
