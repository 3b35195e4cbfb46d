package org.wasmservlet.core.module;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import org.wasmservlet.compiler.MemoryLimiter;

/**
 * A table that belongs to its instance. Chicory's own writes a grown size into the limits of the
 * shared module, so that every later instance would begin with it, and throws for sizes past 2^31.
 */
final class EngineTable extends TableInstance {
  /** How many elements are set between two looks at the thread's flag; a power of two. */
  private static final int PIECE = 1 << 12;

  private final MemoryLimiter limiter;
  private int set;

  private EngineTable(Table table, int initialValue, MemoryLimiter limiter) {
    super(table, initialValue);
    this.limiter = limiter;
  }

  /** Throws UninstantiableException if there is no room for the table. */
  static TableInstance create(Table table, int initialValue, MemoryLimiter limiter) {
    TableLimits limits = table.limits();
    long bytes = limits.min() * CompiledModule.TABLE_ENTRY_BYTES;
    if (limits.min() > Integer.MAX_VALUE || !limiter.reserve(bytes)) {
      throw noRoomFor(limits);
    }
    boolean made = false;
    try {
      TableInstance created =
          new EngineTable(
              new Table(
                  table.elementType(),
                  new TableLimits(limits.min(), limits.max(), limits.shared()),
                  table.initialize()),
              initialValue,
              limiter);
      made = true;
      return created;
    } catch (OutOfMemoryError e) {
      throw noRoomFor(limits);
    } finally {
      if (!made) {
        limiter.release(bytes);
      }
    }
  }

  private static UninstantiableException noRoomFor(TableLimits limits) {
    return new UninstantiableException(
        "there is no room for a table of " + limits.min() + " elements");
  }

  /** This is how the engine fills, copies and initializes tables, too. */
  @Override
  public void setRef(int index, int value, Instance instance) {
    super.setRef(index, value, instance);
    if ((++set & (PIECE - 1)) == 0) {
      Interruption.check();
    }
  }

  @Override
  public int grow(int size, int value, Instance instance) {
    if (size < 0 || (long) size() + size > Math.min(limits().max(), Integer.MAX_VALUE)) {
      return -1;
    }
    long bytes = size * CompiledModule.TABLE_ENTRY_BYTES;
    if (!limiter.reserve(bytes)) {
      return -1;
    }
    int before = -1;
    try {
      before = super.grow(size, value, instance);
    } catch (OutOfMemoryError e) {
      // As if there were no room.
    } finally {
      if (before < 0) {
        limiter.release(bytes);
      }
    }
    return before;
  }
}
