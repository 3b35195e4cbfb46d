package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.UninstantiableException;
import org.wasmservlet.compiler.MemoryLimiter;

/**
 * The linear memories and tables of one run: what they take comes out of the run's limit and of the
 * budget of all runs, and goes back when this is closed. Belongs to the run's thread.
 */
final class RunMemory implements MemoryLimiter, AutoCloseable {
  private final MemoryBudget budget;
  private final long limit;
  private long reserved;
  private long most;
  private boolean refused;

  RunMemory(MemoryBudget budget, long limit) {
    this.budget = budget;
    this.limit = limit;
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
    return refused ? new NoRoomException(budget.limit(), thrown) : thrown;
  }

  @Override
  public boolean reserve(long bytes) {
    if (bytes > limit - reserved) {
      return false;
    }
    if (!budget.reserve(bytes)) {
      refused = true;
      return false;
    }
    reserved += bytes;
    most = Math.max(most, reserved);
    return true;
  }

  @Override
  public void release(long bytes) {
    // The heap was full.
    refused = true;
    reserved -= bytes;
    budget.release(bytes);
  }

  /** The most that the run has had at one time, also when this is closed. */
  long most() {
    return most;
  }

  @Override
  public void close() {
    budget.release(reserved);
    reserved = 0;
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
