package org.wasmservlet.core.prepared;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.wasmservlet.compiler.StoredBytes;

/**
 * A prepared module's file. It is locked until it is closed, which tells other processes that it is
 * in use; it can be read as long as anything refers to it, then its handle goes with it.
 *
 * <p>It is not mapped: whoever cuts a mapped file short ends the process that reads it, or a thread
 * of it. Nor is it read through its channel, which an interrupted thread would close.
 */
public final class PreparedFile implements StoredBytes, AutoCloseable {
  private final Path path;
  private final RandomAccessFile file;
  private final FileLock lock;

  private PreparedFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
    this.lock = lock(file.getChannel());
  }

  /**
   * Opens a file as it is.
   *
   * @param path which one
   * @return to be closed
   * @throws IOException if it cannot be read
   */
  public static PreparedFile open(Path path) throws IOException {
    return new PreparedFile(path, new RandomAccessFile(path.toFile(), "r"));
  }

  private static FileLock lock(FileChannel channel) {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException | IOException e) {
      // Another web application of this process has it, or the file system has no locks. The lock
      // only keeps the file from being cleared away early, which would cost a compilation.
      return null;
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

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  public synchronized byte[] read(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(at);
    file.readFully(bytes);
    return bytes;
  }

  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      // Nothing was written; the lock goes with the process at the latest.
    }
  }
}
