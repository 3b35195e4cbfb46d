package org.wasmservlet.admission;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wasmservlet.measure.RouteLoad;

/**
 * Lets so many guests of a route run at once, and so many requests wait for so long; under a lock
 * that other routes may share, if the route has one. Thread-safe.
 */
public final class Admission implements RouteLoad, AutoCloseable {
  private final Semaphore running;
  private final int maxRunning;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int maxWaiting;
  private final Duration timeout;
  private final RunLock lock;
  private final Semaphore reading;

  Admission(int maxRunning, int maxWaiting, Duration timeout) {
    this(maxRunning, maxWaiting, timeout, null);
  }

  /**
   * Makes an admission.
   *
   * @param lock is this admission's to close; null for none
   */
  Admission(int maxRunning, int maxWaiting, Duration timeout, RunLock lock) {
    this.running = new Semaphore(maxRunning);
    this.maxRunning = maxRunning;
    this.maxWaiting = maxWaiting;
    this.timeout = timeout;
    this.lock = lock;
    this.reading = new Semaphore(Math.max(maxRunning, maxWaiting / 2));
  }

  /** Whether a guest that runs keeps guests of other routes waiting. */
  public boolean isUnderLock() {
    return lock != null;
  }

  /**
   * Asks to read a request's body before its guest asks to run; {@link #endReading} must follow if
   * it may. Half as many may as may wait: together they leave most containers threads for others.
   *
   * @return false if too many do
   */
  public boolean beginReading() {
    return reading.tryAcquire();
  }

  /** Lets another body be read. */
  public void endReading() {
    reading.release();
  }

  /**
   * Asks for a guest to run; {@link #leave} must follow if it may.
   *
   * @return false if the queue is full, the time is over or the thread is interrupted
   */
  public boolean enter() {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      return enterUnlocked() && (lock == null || lockUntil(deadline));
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean enterUnlocked() throws InterruptedException {
    // First those who wait, unless there is room for all.
    if (waiting.get() == 0 && running.tryAcquire()) {
      return true;
    }
    if (waiting.incrementAndGet() > maxWaiting) {
      waiting.decrementAndGet();
      return false;
    }
    try {
      return running.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private boolean lockUntil(long deadline) throws InterruptedException {
    boolean locked = false;
    try {
      locked = lock.acquire(deadline - System.nanoTime());
      return locked;
    } finally {
      if (!locked) {
        running.release();
      }
    }
  }

  /** Lets another guest run. */
  public void leave() {
    try {
      if (lock != null) {
        lock.release();
      }
    } finally {
      running.release();
    }
  }

  /** Gives the lock up; guests that wait or run have it to their end. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public int running() {
    return maxRunning - running.availablePermits();
  }

  @Override
  public int queued() {
    return waiting.get();
  }

  @Override
  public int maxRunning() {
    return maxRunning;
  }

  @Override
  public int maxQueued() {
    return maxWaiting;
  }

  /** How long a request may wait. */
  public Duration timeout() {
    return timeout;
  }

  /** When a client may try again. */
  public long retryAfterSeconds() {
    return Math.max(1, timeout.toSeconds());
  }
}
