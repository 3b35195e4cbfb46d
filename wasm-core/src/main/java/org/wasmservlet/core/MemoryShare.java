package org.wasmservlet.core;

/**
 * The part of a {@linkplain MemoryBudget budget} that one user's runs can count on, whatever others
 * take. They may have more, as long as nobody else can count on that. Thread-safe.
 */
public final class MemoryShare implements AutoCloseable {
  /**
   * What a run comes to while none has ended, in times of what it begins with. Interpreters begin
   * with little; so many of them would begin at once, for the first requests, that none could grow.
   */
  private static final int GROWTH = 4;

  private final MemoryBudget budget;

  // Guarded by the budget.
  long reserved;

  /** The most that a run has begun with. */
  long beginning;

  /** What runs come to: the most of late; 0 before one has ended. */
  private long usual;

  MemoryShare(MemoryBudget budget) {
    this.budget = budget;
  }

  /**
   * How much its runs have.
   *
   * @return bytes, those that they are expected to come to included
   */
  public long reserved() {
    synchronized (budget) {
      return reserved;
    }
  }

  MemoryBudget budget() {
    return budget;
  }

  boolean reserve(long bytes) {
    return budget.reserve(this, bytes);
  }

  long await(long least, long most, long nanos) throws InterruptedException {
    return budget.await(this, least, most, nanos);
  }

  /** What a run will probably come to. The caller holds the budget's lock. */
  long expected(long least) {
    return usual == 0 ? GROWTH * least : usual;
  }

  void release(long bytes) {
    budget.release(this, bytes);
  }

  /** Learns from a run what runs come to. One that took very much is forgotten after a while. */
  void ended(long wanted) {
    synchronized (budget) {
      usual = Math.max(wanted, usual - (usual + 7) / 8);
    }
  }

  /** Gives the share up; what runs have they keep to their end. Closing twice is harmless. */
  @Override
  public void close() {
    budget.close(this);
  }

  @Override
  public String toString() {
    return "MemoryShare[" + reserved() + "]";
  }
}
