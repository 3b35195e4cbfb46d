package org.wasmservlet.route;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wasmservlet.measure.RouteLoad;

/**
 * Lets so many guests of a route run at once, and so many requests wait for so long. Thread-safe.
 */
final class Admission implements RouteLoad {
  private final Semaphore running;
  private final int maxRunning;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int maxWaiting;
  private final Duration timeout;

  Admission(int maxRunning, int maxWaiting, Duration timeout) {
    this.running = new Semaphore(maxRunning);
    this.maxRunning = maxRunning;
    this.maxWaiting = maxWaiting;
    this.timeout = timeout;
  }

  /**
   * Asks for a guest to run; {@link #leave} must follow if it may.
   *
   * @return false if the queue is full, the time is over or the thread is interrupted
   */
  boolean enter() {
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
    } catch (InterruptedException e) {
      return false;
    } finally {
      waiting.decrementAndGet();
    }
  }

  void leave() {
    running.release();
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

  /** When a client may try again. */
  long retryAfterSeconds() {
    return Math.max(1, timeout.toSeconds());
  }
}
