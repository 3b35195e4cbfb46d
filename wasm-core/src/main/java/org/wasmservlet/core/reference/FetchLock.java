package org.wasmservlet.core.reference;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.wasmservlet.core.prepared.CacheFolder;

/**
 * Had by one of all who would fetch the same: threads, web applications with class loaders of their
 * own, and processes. Where a file system has no locks, several fetch it, and the last one's stays.
 */
final class FetchLock implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final CacheFolder.LockFile file;

  private FetchLock(CacheFolder.LockFile file) {
    this.file = file;
  }

  /**
   * Waits for it.
   *
   * @param folder where the fetched is kept; made where there is none
   * @param name of what is fetched
   * @param patience how long
   * @throws IOException if another one has it still, or the thread is interrupted
   */
  static FetchLock take(Path folder, String name, Duration patience) throws IOException {
    CacheFolder.LockFile file =
        CacheFolder.open(folder, Long.MAX_VALUE).lockFile("fetching-" + name);
    boolean taken = false;
    try {
      await(file.channel(), System.nanoTime() + patience.toNanos());
      taken = true;
      return new FetchLock(file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another one was fetching it");
    } finally {
      if (!taken) {
        file.channel().close();
      }
    }
  }

  private static void await(FileChannel channel, long deadline)
      throws IOException, InterruptedException {
    while (!isTaken(channel)) {
      if (System.nanoTime() - deadline > 0) {
        throw new UnreachableException("another server is fetching it for too long", null);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static boolean isTaken(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Of this process.
      return false;
    } catch (IOException e) {
      // The file system has no locks.
      return true;
    }
  }

  /** Whoever waits has the file open, and looks for what has been fetched when it has the lock. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file.path());
    file.channel().close();
  }
}
