package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.UnlinkableException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user of Chicory sets the factories on Chicory's own builder, and links as ever. */
class FactoriesTest {
  private static final MemoryLimits LIMITS = new MemoryLimits(1, 4);

  private final WasmModule module = Guests.module("shared");
  private final CompiledCode code = WasmCompiler.create().compile(module);

  @Test
  void linkInstancesWithTheHostAndWithEachOther() {
    Memory memory = code.memoryFactory().apply(LIMITS);
    Instance first = instance(memory, (caller, arguments) -> new long[] {arguments[0] + 100});
    Instance second =
        instance(memory, (caller, arguments) -> first.export("twice").apply(arguments));
    first.export("store_twice").apply(8, 5);
    second.export("store_twice").apply(12, 5);
    assertThat(memory.readInt(8)).isEqualTo(105);
    assertThat(memory.readInt(12)).isEqualTo(10);
    assertThat(first.export("load").apply(12)).containsExactly(10);
    assertThat(second.export("grow").apply(2)).containsExactly(1);
    // Each of them sees the longer memory.
    memory.writeI32(2 << 16, 7);
    assertThat(first.export("load").apply(2 << 16)).containsExactly(7);
    assertThat(first.export("grow").apply(2)).containsExactly(-1);
  }

  @Test
  void workBesideChicorysInterpreter() {
    Memory memory = code.memoryFactory().apply(LIMITS);
    Instance interpreted =
        Instance.builder(module).withImportValues(imports(memory, (c, a) -> a)).build();
    Instance compiled =
        instance(memory, (caller, arguments) -> interpreted.export("twice").apply(arguments));
    compiled.export("store_twice").apply(8, 21);
    assertThat(interpreted.export("load").apply(8)).containsExactly(42);
  }

  @Test
  void refuseAMemoryThatIsNotTheirs() {
    assertThatThrownBy(
            () -> instance(new ByteArrayMemory(LIMITS), (caller, arguments) -> arguments))
        .isInstanceOf(UnlinkableException.class)
        .hasMessageContaining("memory factory");
  }

  /** Chicory's own tables share their limits with the module: the second instance begins with 5. */
  @Test
  void leaveTheModuleAsItWasWhenATableGrows() {
    WasmModule growing = Guests.module("grows");
    CompiledCode grown = WasmCompiler.create().compile(growing);
    for (int i = 0; i < 2; i++) {
      assertThat(grown.builder().build().export("grow").apply()).containsExactly(2);
    }
    Instance.builder(growing).build().export("grow").apply();
    assertThat(Instance.builder(growing).build().export("size").apply()).containsExactly(5);
    assertThat(grown.builder().build().export("size").apply()).containsExactly(2);
  }

  private Instance instance(Memory memory, WasmFunctionHandle twice) {
    return Instance.builder(module)
        .withMachineFactory(code.machineFactory())
        .withMemoryFactory(code.memoryFactory())
        .withImportValues(imports(memory, twice))
        .build();
  }

  private static ImportValues imports(Memory memory, WasmFunctionHandle twice) {
    return ImportValues.builder()
        .addMemory(new ImportMemory("env", "memory", memory))
        .addFunction(twice(twice))
        .build();
  }

  /** The function that {@code shared.wat} imports. */
  static HostFunction twice(WasmFunctionHandle handle) {
    FunctionType type = FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));
    return new HostFunction("env", "twice", type, handle);
  }
}
