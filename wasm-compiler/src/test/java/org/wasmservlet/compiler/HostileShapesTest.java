package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No method passes HotSpot's limit, whatever the module; and it does what it should. */
class HostileShapesTest {
  static Stream<HostileShapes.Shape> shapes() {
    return HostileShapes.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isCompiledToSmallMethodsThatRun(HostileShapes.Shape shape) {
    compileAndRun(shape, WasmCompiler.create());
  }

  /** Those who say where to go on are more than one class has room for, in groups of groups. */
  @Test
  void mayHaveMoreChunksThanFitInAClass() {
    compileAndRun(HostileShapes.storesInARow(70_000), WasmCompiler.create().withChunkBytes(50));
  }

  private static void compileAndRun(HostileShapes.Shape shape, WasmCompiler compiler) {
    WasmBinary binary = WasmBinary.parse(shape.binary());
    WasmModule module = binary.module();
    CompiledCode code = compiler.compile(binary);
    assertThat(MethodSizes.of(code).huge()).isEmpty();
    Instance instance =
        Instance.builder(module)
            .withImportValues(host(module))
            .withMachineFactory(code.machineFactory())
            .withMemoryFactory(code.memoryFactory())
            .build();
    for (int call = 0; call < 2; call++) {
      assertThat((int) instance.export("f").apply(shape.argument())[0])
          .isEqualTo((int) shape.result());
    }
  }

  /** Functions that add 1, and globals of 1. */
  private static ImportValues host(WasmModule module) {
    FunctionType type = FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));
    ImportValues.Builder host = ImportValues.builder();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      if (imported.importType() == ExternalType.FUNCTION) {
        host.addFunction(
            new HostFunction(
                imported.module(),
                imported.name(),
                type,
                (caller, arguments) -> new long[] {(int) arguments[0] + 1}));
      } else {
        host.addGlobal(
            new ImportGlobal(imported.module(), imported.name(), new GlobalInstance(Value.i32(1))));
      }
    }
    return host.build();
  }
}
