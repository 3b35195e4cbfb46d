package org.wasmservlet.compiler.freeze;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.DeclarativeElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.TableSection;
import java.util.List;
import org.wasmservlet.compiler.binary.Sections;
import org.wasmservlet.compiler.runtime.Images;
import org.wasmservlet.compiler.runtime.InstanceState;

/** Makes a module whose instances begin as a frozen one was, but for globals and the stack. */
final class FrozenImages {
  private FrozenImages() {}

  /** Of a module without code, and what an instance of it was. */
  static Images of(WasmModule module, InstanceState state) {
    WasmModule frozen =
        Sections.of(module)
            .setMemorySection(memories(module, state))
            .setTableSection(tables(module, state))
            .setElementSection(elements(module, state))
            .setDataSection(data(module, state))
            .setDataCountSection(null)
            .setStartSection(null)
            // As valid as the module was, but for what is not there any more.
            .withValidation(false)
            .build();
    return new Images(frozen, state.memory(), state.tables());
  }

  private static MemorySection memories(WasmModule module, InstanceState state) {
    MemorySection own = module.memorySection().orElse(null);
    if (own == null || own.memoryCount() == 0) {
      return own;
    }
    MemoryLimits limits = own.getMemory(0).limits();
    return MemorySection.builder()
        .addMemory(
            new com.dylibso.chicory.wasm.types.Memory(
                new MemoryLimits(state.pages(), limits.maximumPages(), limits.shared())))
        .build();
  }

  private static TableSection tables(WasmModule module, InstanceState state) {
    TableSection.Builder tables = TableSection.builder();
    for (int i = 0; i < state.tables().length; i++) {
      Table table = module.tableSection().getTable(i);
      TableLimits limits = table.limits();
      tables.addTable(
          new Table(
              table.elementType(),
              new TableLimits(state.tables()[i].length, limits.max(), limits.shared())));
    }
    return tables.build();
  }

  private static ElementSection elements(WasmModule module, InstanceState state) {
    ElementSection.Builder elements = ElementSection.builder();
    Element[] all = module.elementSection().elements();
    for (int i = 0; i < all.length; i++) {
      // A declarative segment counts as dropped.
      elements.addElement(
          state.elements().get(i) ? all[i] : new DeclarativeElement(all[i].type(), List.of()));
    }
    return elements.build();
  }

  private static DataSection data(WasmModule module, InstanceState state) {
    DataSection.Builder data = DataSection.builder();
    DataSegment[] all = module.dataSection().dataSegments();
    for (int i = 0; i < all.length; i++) {
      data.addDataSegment(state.data().get(i) ? all[i] : PassiveDataSegment.EMPTY);
    }
    return data.build();
  }
}
