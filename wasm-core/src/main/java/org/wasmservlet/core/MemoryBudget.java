package org.wasmservlet.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much memory all guests together may have, so that many of them cannot take the heap from the
 * rest of the JVM. Counted are linear memories and tables, when they are made and when they grow.
 *
 * <p>Half of the heap where nothing else is said: to grow a memory takes the old and the new one
 * for a moment, and what guests have left is there until it is collected.
 *
 * <p>Half of the budget is divided into equal {@linkplain #share() shares}, which nobody else gets
 * however much he asks for. The rest is for whoever comes first; while a run waits to begin, no
 * share that has more than its own gets any of it.
 *
 * <p>Thread-safe. A running guest comes here only to grow.
 */
public final class MemoryBudget {
  private static final MemoryBudget SHARED = new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);

  // All guarded by this, and so is the state of the shares.
  private final List<MemoryShare> shares = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private long reserved;
  private long limit;

  /** Of runs that nobody has given a share; nothing is kept for it. */
  private final MemoryShare rest = new MemoryShare(this);

  /** A run that is to begin. */
  private static final class Waiting {
    // Not a record: two runs may want the same, and the equals of a record keeps its class, and
    // with it the web application's class loader, in a cache of the JDK's (ObjectMethods).
    private final MemoryShare share;
    private final long least;
    private final long most;

    Waiting(MemoryShare share, long least, long most) {
      this.share = share;
      this.least = least;
      this.most = most;
    }
  }

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
  public synchronized long limit() {
    return limit;
  }

  /**
   * Changes how much there may be. Guests that have more keep it, and get no more.
   *
   * @param bytes 0 or more
   * @throws IllegalArgumentException if it is less
   */
  public synchronized void limit(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative");
    }
    limit = bytes;
    notifyAll();
  }

  /**
   * How much there is.
   *
   * @return bytes that running guests have, or are expected to come to
   */
  public synchronized long reserved() {
    return reserved;
  }

  /**
   * Makes a share, for example for all runs of one route.
   *
   * @return to be closed by the caller
   */
  public synchronized MemoryShare share() {
    MemoryShare share = new MemoryShare(this);
    shares.add(share);
    return share;
  }

  /**
   * What every share can count on: an equal part of one half; less where a program begins with so
   * much memory that it could not begin beside that.
   *
   * @return bytes; 0 if nobody has a share
   */
  public synchronized long guaranteed() {
    int count = shares.size();
    if (count == 0) {
      return 0;
    }
    long equal = limit / 2 / count;
    long largest = 0;
    for (MemoryShare share : shares) {
      largest = Math.max(largest, share.beginning);
    }
    return count == 1 ? equal : Math.max(0, Math.min(equal, (limit - largest) / (count - 1)));
  }

  /** How many runs wait to begin. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** The share of runs that have none. */
  MemoryShare rest() {
    return rest;
  }

  /** For a run that has begun. */
  synchronized boolean reserve(MemoryShare share, long bytes) {
    if (!fits(share, bytes) || isPastShare(share, bytes) && isPoorerOneWaiting(share)) {
      return false;
    }
    take(share, bytes);
    return true;
  }

  /**
   * For a run that is to begin: waits until there is what such runs come to, or at the end of the
   * time is content with what it begins with.
   *
   * @param most what the run may have
   * @return what is reserved, or -1 if it cannot begin
   */
  synchronized long await(MemoryShare share, long least, long most, long nanos)
      throws InterruptedException {
    share.beginning = Math.max(share.beginning, least);
    long expected = await(new Waiting(share, least, most), nanos);
    if (expected >= 0) {
      return expected;
    }
    return reserve(share, least) ? least : -1;
  }

  private long await(Waiting run, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    waiting.add(run);
    try {
      // Another run may end meanwhile, and show what such runs come to.
      long bytes = expected(run);
      while (!mayBegin(run, bytes)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return -1;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
        bytes = expected(run);
      }
      take(run.share, bytes);
      return bytes;
    } finally {
      waiting.remove(run);
      notifyAll();
    }
  }

  /** What there can never be does not keep a run waiting. */
  private long expected(Waiting run) {
    long ever = limit - Math.max(0, shares.size() - 1) * guaranteed();
    return Math.max(run.least, Math.min(run.share.expected(run.least), Math.min(run.most, ever)));
  }

  private boolean mayBegin(Waiting run, long bytes) {
    return fits(run.share, bytes) && (!isPastShare(run.share, bytes) || isFirst(run));
  }

  /** The poorest is first, and of those who have the same the one who came first. */
  private boolean isFirst(Waiting run) {
    boolean passed = false;
    for (Waiting other : waiting) {
      if (other == run) {
        passed = true;
      } else if (other.share.reserved < run.share.reserved
          || !passed && other.share.reserved == run.share.reserved) {
        return false;
      }
    }
    return true;
  }

  private boolean isPoorerOneWaiting(MemoryShare share) {
    for (Waiting run : waiting) {
      if (run.share != share && run.share.reserved < share.reserved) {
        return true;
      }
    }
    return false;
  }

  private boolean isPastShare(MemoryShare share, long bytes) {
    return share == rest || bytes > guaranteed() - share.reserved;
  }

  private boolean fits(MemoryShare share, long bytes) {
    // None of these overflows: nothing is reserved that is not within the limit.
    long free = limit - reserved;
    if (!isPastShare(share, bytes)) {
      return bytes <= free;
    }
    long guaranteed = guaranteed();
    for (MemoryShare other : shares) {
      if (other != share) {
        free -= Math.max(0, guaranteed - other.reserved);
      }
    }
    return bytes <= free;
  }

  private void take(MemoryShare share, long bytes) {
    share.reserved += bytes;
    reserved += bytes;
  }

  synchronized void release(MemoryShare share, long bytes) {
    share.reserved -= bytes;
    reserved -= bytes;
    notifyAll();
  }

  /** What its runs have they keep to their end. */
  synchronized void close(MemoryShare share) {
    shares.remove(share);
    notifyAll();
  }

  @Override
  public synchronized String toString() {
    return "MemoryBudget[" + reserved + " of " + limit + "]";
  }
}
