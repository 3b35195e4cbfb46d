package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;

/**
 * A table that belongs to its instance. Chicory's own writes a grown size into the limits of the
 * shared module, so that every later instance would begin with it, and throws for sizes past 2^31.
 */
final class InstanceTable extends TableInstance {
  private InstanceTable(Table table, int initialValue) {
    super(table, initialValue);
  }

  static TableInstance create(Table table, int initialValue) {
    TableLimits limits = table.limits();
    return new InstanceTable(
        new Table(
            table.elementType(),
            new TableLimits(limits.min(), limits.max(), limits.shared()),
            table.initialize()),
        initialValue);
  }

  @Override
  public int grow(int size, int value, Instance instance) {
    if (size < 0 || (long) size() + size > limits().max()) {
      return -1;
    }
    return super.grow(size, value, instance);
  }
}
