package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import org.wasmservlet.compiler.runtime.Context;
import org.wasmservlet.compiler.runtime.FlatMemory;
import org.wasmservlet.compiler.runtime.FlatTable;
import org.wasmservlet.compiler.runtime.Images;

/**
 * Makes the parts of one instance, which know each other, in the order in which Chicory asks: the
 * memory, the machine, the tables.
 */
final class InstanceParts {
  private final GeneratedCode code;
  private final Images images;
  private final MemoryLimiter limiter;
  private Context context;
  private int tables;

  InstanceParts(GeneratedCode code, Images images, MemoryLimiter limiter) {
    this.code = code;
    this.images = images;
    this.limiter = limiter;
  }

  Memory memory(MemoryLimits limits) {
    return new FlatMemory(limits, images, limiter::reserve, limiter::release);
  }

  Machine machine(Instance instance) {
    context = code.newContext(instance);
    tables = 0;
    return new CompiledMachine(context);
  }

  TableInstance table(Table declared, int initialValue) {
    int index = tables++;
    boolean first = index == 0 && context.instance.imports().tableCount() == 0;
    return new FlatTable(
        declared, initialValue, context, images, index, first, limiter::reserve, limiter::release);
  }
}
