package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasmservlet.compiler.prepared.Variant;

/** Vectors are two numbers wherever they are seen from outside, the low half first. */
class VectorTest {
  private static final byte[] BINARY = Guests.binary("vectors");

  private final GlobalInstance global =
      new GlobalInstance(30, 40, ValType.V128, MutabilityType.Const);

  private final HostFunction host =
      new HostFunction(
          "h",
          "mix",
          FunctionType.of(
              List.of(ValType.V128, ValType.I32, ValType.V128), List.of(ValType.V128, ValType.I64)),
          (instance, arguments) -> {
            assertThat(arguments).containsExactly(10, 20, 7, 30, 40);
            return new long[] {1, 2, 300};
          });

  private Instance instance(CompiledCode code) {
    ImportValues imports =
        ImportValues.builder()
            .addFunction(host)
            .addGlobal(new ImportGlobal("h", "g", global))
            .build();
    return code.builder().withImportValues(imports).build();
  }

  @ParameterizedTest
  @EnumSource
  void goToTheHostAndBack(Front front) {
    Instance instance = instance(front.compile(BINARY));
    assertThat(instance.export("ask").apply(10, 20)).containsExactly(301, 302);
  }

  @Test
  void areSeenInGlobals() {
    Instance instance = instance(Front.BINARY.compile(BINARY));
    GlobalInstance own = instance.exports().global("own");
    assertThat(instance.export("keep").apply(5, -1)).containsExactly(0x200000001L, 0x400000003L);
    assertThat(own.getValueLow()).isEqualTo(10);
    assertThat(own.getValueHigh()).isEqualTo(0xFFFFFFFEFFFFFFFEL);
    own.setValueHigh(7);
    assertThat(instance.export("keep").apply(1, 1)).containsExactly(10, 7);
  }

  @Test
  void areCountedAsTwoArguments() {
    Instance instance = instance(Front.BINARY.compile(BINARY));
    assertThatThrownBy(() -> instance.export("keep").apply(1))
        .hasMessageContaining("takes 2 arguments, not 1");
  }

  @Test
  void areInPreparedModulesToo() throws IOException {
    WasmCompiler compiler = WasmCompiler.create();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    compiler.write(compiler.compile(WasmBinary.parse(BINARY)), BINARY, bytes);
    PreparedModule prepared =
        compiler
            .read(
                StoredBytes.of(bytes.toByteArray()),
                Variant.sha256(BINARY),
                () -> {
                  throw new IllegalStateException("nothing is damaged");
                })
            .orElseThrow();
    Instance instance = instance(prepared.code());
    assertThat(instance.export("ask").apply(10, 20)).containsExactly(301, 302);
    assertThat(instance.export("keep").apply(5, -1)).containsExactly(0x200000001L, 0x400000003L);
    assertThat(instance.export("keep").apply(0, 0)).containsExactly(10, 0xFFFFFFFEFFFFFFFEL);
  }
}
