package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.PassiveElement;
import java.util.BitSet;

/**
 * What an instance is at some time besides its stack, of all that is its own. Immutable.
 *
 * @param pages of the memory; 0 if it has none of its own
 * @param memory what is in it; null if it has none of its own
 * @param globals the module's own, raw bits, two of each: those of a vector's high half come second
 * @param tables the references in the module's own
 * @param data passive segments that are still there
 * @param elements passive segments that are still there
 * @param foreign whether a table has functions of other instances
 */
public record InstanceState(
    int pages,
    MemoryImage memory,
    long[] globals,
    int[][] tables,
    BitSet data,
    BitSet elements,
    boolean foreign) {

  static InstanceState of(Context context) {
    Instance instance = context.instance;
    context.storeGlobals();
    boolean ownMemory = context.memory != null && instance.imports().memoryCount() == 0;
    boolean foreign = false;
    int importedTables = instance.imports().tableCount();
    int[][] tables = new int[instance.tableCount() - importedTables][];
    for (int t = 0; t < tables.length; t++) {
      TableInstance table = instance.table(importedTables + t);
      tables[t] = new int[table.size()];
      for (int i = 0; i < tables[t].length; i++) {
        tables[t][i] = table.ref(i);
        Instance owner = table.instance(i);
        foreign |= owner != null && owner != instance;
      }
    }
    return new InstanceState(
        ownMemory ? context.mem.length >>> 16 : 0,
        ownMemory ? context.memory.frozen() : null,
        globals(instance),
        tables,
        data(instance),
        elements(instance),
        foreign);
  }

  private static long[] globals(Instance instance) {
    int imported = instance.imports().globalCount();
    long[] globals = new long[2 * (instance.globalCount() - imported)];
    for (int i = 0; i < globals.length; i += 2) {
      GlobalInstance global = instance.global(imported + i / 2);
      globals[i] = global.getValueLow();
      globals[i + 1] = global.getValueHigh();
    }
    return globals;
  }

  private static BitSet data(Instance instance) {
    BitSet there = new BitSet();
    DataSegment[] segments = instance.module().dataSection().dataSegments();
    for (int i = 0; i < segments.length; i++) {
      there.set(
          i, segments[i] instanceof PassiveDataSegment && instance.dataSegmentData(i).length > 0);
    }
    return there;
  }

  private static BitSet elements(Instance instance) {
    BitSet there = new BitSet();
    for (int i = 0; i < instance.elementCount(); i++) {
      there.set(i, instance.element(i) instanceof PassiveElement);
    }
    return there;
  }
}
