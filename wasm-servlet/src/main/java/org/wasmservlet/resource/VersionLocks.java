package org.wasmservlet.resource;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Says to other processes which versions of something unpacked this one works with: each is a byte
 * of one file, locked until the process ends. The file is opened once for all, and not closed:
 * POSIX drops a process's locks on a file whenever the process closes the file. Thread-safe.
 */
final class VersionLocks {
  private static final int DIGITS_OF_A_POSITION = 15;

  private static final Map<Path, VersionLocks> OPEN = new HashMap<>();

  private final FileChannel channel;
  private final Map<Long, FileLock> held = new HashMap<>();

  private VersionLocks(Path file) throws IOException {
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Removes a version. */
  @FunctionalInterface
  interface Removal {
    void remove() throws IOException;
  }

  /**
   * Gives the locks of a file, which is made if it does not exist.
   *
   * @param file in a directory that is there
   */
  static VersionLocks open(Path file) throws IOException {
    synchronized (OPEN) {
      Path key = file.getParent().toRealPath().resolve(file.getFileName());
      VersionLocks locks = OPEN.get(key);
      if (locks == null) {
        locks = new VersionLocks(key);
        OPEN.put(key, locks);
      }
      return locks;
    }
  }

  /**
   * Keeps a version from being removed by other processes; waits for one that is just removing it.
   *
   * @param digest in hexadecimal digits
   */
  synchronized void hold(String digest) throws IOException {
    long position = position(digest);
    if (held.containsKey(position)) {
      return;
    }
    try {
      held.put(position, channel.lock(position, 1, true));
    } catch (OverlappingFileLockException e) {
      // Another copy of this class in this JVM holds it.
    }
  }

  /**
   * Removes a version that this process needs no more, unless another works with it.
   *
   * @param digest in hexadecimal digits
   */
  synchronized void removeIfUnused(String digest, Removal removal) throws IOException {
    long position = position(digest);
    FileLock own = held.remove(position);
    if (own != null) {
      own.release();
    }
    try (FileLock alone = channel.tryLock(position, 1, false)) {
      if (alone != null) {
        removal.remove();
      }
    } catch (OverlappingFileLockException e) {
      // Another copy of this class in this JVM holds it.
    }
  }

  private static long position(String digest) {
    return Long.parseLong(digest, 0, DIGITS_OF_A_POSITION, 16);
  }
}
