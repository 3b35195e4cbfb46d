package org.wasmservlet.admission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets one program at a time run, of all routes that name the same file: by a semaphore among the
 * threads that share this class, by a lock on the file against other web applications with a copy
 * of this class and against other JVMs. Thread-safe.
 */
final class RunLock implements AutoCloseable {
  /** How often a lock that is held elsewhere is tried; nobody tells when it is free. */
  private static final long RETRY_MILLIS = 5;

  private static final Map<Path, RunLock> OPEN = new HashMap<>();

  private final Path file;
  private final FileChannel channel;
  private final Semaphore threads = new Semaphore(1, true);

  /** Routes, and requests that wait or run; the last one closes the file. Guarded by OPEN. */
  private int users;

  /** Null while no program runs; guarded by the semaphore. */
  private FileLock held;

  private RunLock(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /**
   * Gives the lock of a file, which is made if it does not exist. It is opened once for all: POSIX
   * drops a process's locks on a file whenever the process closes the file, however often it is
   * open.
   *
   * @return to be closed once by each who opened it
   */
  static RunLock open(Path file) throws IOException {
    synchronized (OPEN) {
      Path key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
      RunLock lock = OPEN.get(key);
      if (lock == null) {
        lock = new RunLock(key);
        OPEN.put(key, lock);
      }
      lock.users++;
      return lock;
    }
  }

  /**
   * Waits for the lock; {@link #release} must follow if it is had.
   *
   * @return false if the time is over
   */
  boolean acquire(long nanos) throws InterruptedException {
    enter();
    boolean acquired = false;
    try {
      long deadline = System.nanoTime() + nanos;
      acquired = threads.tryAcquire(nanos, TimeUnit.NANOSECONDS) && lockFileUntil(deadline);
      return acquired;
    } finally {
      if (!acquired) {
        leave();
      }
    }
  }

  private boolean lockFileUntil(long deadline) throws InterruptedException {
    try {
      while (!lockFile()) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        Thread.sleep(RETRY_MILLIS);
      }
      return true;
    } finally {
      if (held == null) {
        threads.release();
      }
    }
  }

  private boolean lockFile() {
    try {
      held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      // Held in this JVM, by another copy of this class.
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be locked", e);
    }
  }

  void release() {
    FileLock lock = held;
    held = null;
    try {
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be unlocked", e);
    } finally {
      threads.release();
      leave();
    }
  }

  @Override
  public void close() {
    leave();
  }

  private void enter() {
    synchronized (OPEN) {
      users++;
    }
  }

  private void leave() {
    synchronized (OPEN) {
      if (--users > 0) {
        return;
      }
      OPEN.remove(file);
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(file + " cannot be closed", e);
      }
    }
  }
}
