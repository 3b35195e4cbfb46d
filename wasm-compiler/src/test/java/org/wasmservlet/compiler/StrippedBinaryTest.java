package org.wasmservlet.compiler;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.NameCustomSection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.wasmservlet.compiler.prepared.StrippedBinary;
import org.wasmservlet.compiler.prepared.Variant;

/** What is left of a module when it is compiled is all that its instances need. */
class StrippedBinaryTest {
  private final byte[] binary = Guests.binary("segments");
  private final WasmCompiler compiler = WasmCompiler.create();
  private final CompiledCode code = compiler.compile(ModuleParser.parse(binary));

  @Test
  void passiveDataKeepsItsNumbersAndActiveDataIsDropped() throws Exception {
    Instance instance = prepared().code().builder().build();
    ExportFunction bytes = instance.export("bytes");
    assertThat(bytes.apply(0)).containsExactly('P');
    assertThat(bytes.apply(1)).containsExactly('0');
    assertThat(bytes.apply(5)).containsExactly('2');
    assertThat(bytes.apply(16)).containsExactly('A');
    assertThat(bytes.apply(18)).containsExactly(0);
    assertThatThrownBy(() -> instance.export("dropped").apply())
        .isInstanceOf(ChicoryException.class)
        .hasMessageContaining("out of bounds memory access");
  }

  @Test
  void passiveElementsStayAndActiveOnesAreInTheTable() throws Exception {
    ExportFunction call = prepared().code().builder().build().export("call");
    assertThat(call.apply(0)).containsExactly(7);
    assertThat(call.apply(1)).containsExactly(9);
    assertThatThrownBy(() -> call.apply(2)).hasMessageContaining("uninitialized element");
  }

  @Test
  void namesOfFunctionsStayAndOthersGo() throws Exception {
    NameCustomSection names = prepared().module().nameSection();
    assertThat(names.nameOfFunction(0)).isEqualTo("seven");
    assertThat(names.nameOfFunction(4)).isEqualTo("dropped");
    assertThat(text(binary)).contains("program", "address", "later");
    assertThat(text(StrippedBinary.of(binary, code.parts().images())))
        .contains("seven")
        .doesNotContain("program", "address", "later");
  }

  private PreparedModule prepared() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    compiler.write(code, binary, bytes);
    return compiler
        .read(StoredBytes.of(bytes.toByteArray()), Variant.sha256(binary), () -> code)
        .orElseThrow();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
