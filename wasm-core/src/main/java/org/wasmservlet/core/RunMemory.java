package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.UninstantiableException;
import org.wasmservlet.compiler.MemoryLimiter;

/**
 * The linear memories and tables of one run: what they take comes out of the run's limit and of a
 * share of the budget of all runs, and goes back when this is closed. Belongs to the run's thread.
 */
final class RunMemory implements MemoryLimiter, AutoCloseable {
  private final MemoryShare share;
  private final long limit;

  /** Out of the share: what is used, and perhaps what is expected to be. */
  private long held;

  private long used;
  private long most;

  /** As {@link #most}, with what was asked for in vain. */
  private long wanted;

  /** By the budget. */
  private boolean refused;

  private boolean heapFull;

  RunMemory(MemoryShare share, long limit) {
    this.share = share;
    this.limit = limit;
  }

  /**
   * Waits until there is room for the run.
   *
   * @param initial what it begins with
   * @param nanos how long
   * @return false if there is none, or the thread is interrupted
   */
  boolean await(long initial, long nanos) {
    try {
      held = Math.max(0, share.await(initial, limit, nanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return held >= initial;
  }

  /** Makes an instance, whose memories and tables ask here for room. */
  Instance build(Instance.Builder builder) {
    try {
      return builder.withInitialize(false).build();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Lays down its segments, and runs its start section. */
  void initialize(Instance instance) {
    try {
      instance.initialize(false);
    } catch (UninstantiableException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(RuntimeException thrown) {
    return refused || heapFull ? new NoRoomException(share.budget().limit(), thrown) : thrown;
  }

  @Override
  public boolean reserve(long bytes) {
    if (bytes > limit - used) {
      return false;
    }
    wanted = Math.max(wanted, used + bytes);
    long lacking = used + bytes - held;
    if (lacking > 0) {
      if (!share.reserve(lacking)) {
        refused = true;
        return false;
      }
      held += lacking;
    }
    used += bytes;
    most = Math.max(most, used);
    return true;
  }

  @Override
  public void release(long bytes) {
    heapFull = true;
    used -= bytes;
    held -= bytes;
    share.release(bytes);
  }

  /** The most that the run has had at one time, also when this is closed. */
  long most() {
    return most;
  }

  /**
   * Tells how the run ended: for want of memory if it failed after it had asked for memory that
   * others had. Its own limit is its own fault.
   */
  Outcome explain(Outcome outcome) {
    return refused && (outcome instanceof Outcome.Trap || outcome instanceof Outcome.Exit)
        ? new Outcome.Refused(share.budget().limit(), outcome)
        : outcome;
  }

  @Override
  public void close() {
    // Before those who wait look again.
    share.ended(wanted);
    share.release(held);
    held = 0;
  }

  /** A run cannot begin because others have the memory. */
  static final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long budget;

    NoRoomException(long budget, Throwable cause) {
      super(cause);
      this.budget = budget;
    }

    long budget() {
      return budget;
    }
  }
}
