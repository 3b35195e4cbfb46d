package org.wasmservlet.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all guests together may have, so that many of them cannot take the heap from the
 * rest of the JVM. Counted are linear memories and tables, when they are made and when they grow.
 *
 * <p>Half of the heap where nothing else is said: to grow a memory takes the old and the new one
 * for a moment, and what guests have left is there until it is collected.
 *
 * <p>Thread-safe. A running guest comes here only to grow.
 */
public final class MemoryBudget {
  private static final MemoryBudget SHARED = new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);

  private final AtomicLong reserved = new AtomicLong();
  private volatile long limit;

  MemoryBudget(long limit) {
    this.limit = limit;
  }

  /**
   * The budget of all runs: one for each class loader that has loaded this library.
   *
   * @return always the same budget
   */
  public static MemoryBudget shared() {
    return SHARED;
  }

  /**
   * How much there may be.
   *
   * @return bytes
   */
  public long limit() {
    return limit;
  }

  /**
   * Changes how much there may be. Guests that have more keep it, and get no more.
   *
   * @param bytes 0 or more
   * @throws IllegalArgumentException if it is less
   */
  public void limit(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative");
    }
    limit = bytes;
  }

  /**
   * How much there is.
   *
   * @return bytes that running guests have
   */
  public long reserved() {
    return reserved.get();
  }

  boolean reserve(long bytes) {
    long before;
    do {
      before = reserved.get();
      // Both are far from overflowing: nothing is reserved that is not within the limit.
      if (bytes > limit - before) {
        return false;
      }
    } while (!reserved.compareAndSet(before, before + bytes));
    return true;
  }

  void release(long bytes) {
    reserved.addAndGet(-bytes);
  }

  @Override
  public String toString() {
    return "MemoryBudget[" + reserved + " of " + limit + "]";
  }
}
