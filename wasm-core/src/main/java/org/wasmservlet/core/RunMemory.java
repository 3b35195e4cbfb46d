package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.core.module.CompiledModule;

/**
 * The linear memories and tables of one run: what they take comes out of the run's limit and of the
 * budget of all runs, and goes back when this is closed. Belongs to the run's thread.
 */
final class RunMemory implements MemoryLimiter, AutoCloseable {
  private final MemoryBudget budget;
  private final CompiledModule compiled;
  private final long limit;
  private long reserved;
  private long most;
  private boolean refused;

  RunMemory(MemoryBudget budget, CompiledModule compiled, long limit) {
    this.budget = budget;
    this.compiled = compiled;
    this.limit = limit;
  }

  /** Makes a memory of the instance. */
  Memory memory(MemoryLimits declared) {
    int most = (int) Math.min(declared.maximumPages(), limit / Memory.PAGE_SIZE);
    try {
      return compiled
          .memoryFactory(this)
          .apply(new MemoryLimits(declared.initialPages(), most, declared.shared()));
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Makes a table of the instance. */
  TableInstance table(Table declared, int initialValue) {
    try {
      return InstanceTable.create(declared, initialValue, this);
    } catch (RuntimeException e) {
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
