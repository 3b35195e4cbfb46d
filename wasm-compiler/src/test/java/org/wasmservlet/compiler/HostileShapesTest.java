package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
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

  /** Those who say where to go on are more than one class has room for. */
  @Test
  void mayHaveMoreChunksThanFitInAClass() {
    compileAndRun(HostileShapes.storesInARow(25_000), WasmCompiler.create().withChunkBytes(50));
  }

  private static void compileAndRun(HostileShapes.Shape shape, WasmCompiler compiler) {
    WasmModule module = Parser.parse(shape.binary());
    CompiledCode code = compiler.compile(module);
    assertThat(MethodSizes.of(code).huge()).isEmpty();
    Instance instance =
        Instance.builder(module)
            .withMachineFactory(code.machineFactory())
            .withMemoryFactory(code.memoryFactory())
            .build();
    for (int call = 0; call < 2; call++) {
      assertThat((int) instance.export("f").apply(shape.argument())[0])
          .isEqualTo((int) shape.result());
    }
  }
}
