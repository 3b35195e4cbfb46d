package org.wasmservlet.compiler.load;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.wasmservlet.compiler.runtime.Context;
import org.wasmservlet.compiler.runtime.FlatMemory;
import org.wasmservlet.compiler.runtime.FlatTable;
import org.wasmservlet.compiler.runtime.Images;

/**
 * Makes the parts of one instance, which know each other, in the order in which Chicory asks: the
 * memory, the machine, the tables.
 */
public final class InstanceParts {
  private final Function<Instance, Context> contexts;
  private final Images images;
  private final LongPredicate reserve;
  private final LongConsumer release;
  private final Function<Context, Machine> machines;
  private Context context;
  private int tables;

  /**
   * Begins an instance.
   *
   * @param contexts makes the state of the instance
   * @param reserve asks for bytes before they are allocated
   * @param release gives back bytes that could not be allocated
   * @param machines makes the machine of a context
   */
  public InstanceParts(
      Function<Instance, Context> contexts,
      Images images,
      LongPredicate reserve,
      LongConsumer release,
      Function<Context, Machine> machines) {
    this.contexts = contexts;
    this.images = images;
    this.reserve = reserve;
    this.release = release;
    this.machines = machines;
  }

  /** A builder with the module and all factories. */
  public Instance.Builder builder() {
    return Instance.builder(images.module())
        .withMachineFactory(this::machine)
        .withMemoryFactory(this::memory)
        .withTableFactory(this::table);
  }

  private Memory memory(MemoryLimits limits) {
    return new FlatMemory(limits, images, reserve, release);
  }

  private Machine machine(Instance instance) {
    context = contexts.apply(instance);
    tables = 0;
    return machines.apply(context);
  }

  private TableInstance table(Table declared, int initialValue) {
    int index = tables++;
    boolean first = index == 0 && context.instance.imports().tableCount() == 0;
    return new FlatTable(declared, initialValue, context, images, index, first, reserve, release);
  }
}
