package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.WasmModule;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasmservlet.compiler.fuzz.Binary;

/** What is looked at before a module is parsed. */
@Timeout(120)
class ModuleParserTest {
  @ParameterizedTest
  @MethodSource("org.wasmservlet.compiler.HostileDeclarations#all")
  void refusesWhatDeclaresTooMuch(HostileDeclarations.Declaration declaration) {
    for (Front front : Front.values()) {
      if (!front.refuses(declaration)) {
        assertThat(front.compile(declaration.binary())).isNotNull();
      } else {
        assertThatThrownBy(() -> front.compile(declaration.binary()))
            .hasMessageContaining(declaration.refused())
            .hasMessageContaining("offset");
      }
    }
  }

  @Test
  void allocatesNothingByWhatIsDeclared(@TempDir Path temporary) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeap.class.getName());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(110, TimeUnit.SECONDS)).isTrue();
    assertThat(temporary.resolve("log")).hasContent(SmallHeap.HEALTHY);
  }

  /** Itself or another one: what only code refers to is not declared. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void refusesAReferenceToAFunctionThatNothingDeclares(int function) {
    byte[] binary = referring(function, new Binary().op(0)).toBytes();
    assertThatThrownBy(() -> ModuleParser.parse(binary))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith(
            "undeclared function reference: function 0 refers to function " + function);
    byte[] declared = referring(function, new Binary().op(1, 1, 'e', 0, function)).toBytes();
    WasmModule module = ModuleParser.parse(declared);
    assertThat(module.elementSection().elementCount()).isZero();
  }

  /** The other rules hold for such modules too. */
  @Test
  void validatesAModuleWhoseFunctionRefersToItself() {
    Binary body = new Binary().op(0, 0xD2, 0, 0x1A, 0x6A, 0x0B);
    byte[] binary = module(new Binary().op(1, 1, 'e', 0, 0), body).toBytes();
    assertThatThrownBy(() -> ModuleParser.parse(binary))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("type mismatch");
  }

  /** What Chicory asks too late, or never. */
  @ParameterizedTest
  @CsvSource({
    "6, 01 6F 00 D0 7F 0B, malformed heap type",
    "6, 01 6F 00 D0 70 0B, type mismatch",
    "7, 01 01 66 00 09, unknown function 9 is exported as f",
    "7, 02 01 66 00 00 01 66 00 00, duplicate export name: f",
    "7, 01 01 FF 00 00, malformed UTF-8 encoding",
    "8, 07, unknown function 7",
    "9, 01 03 00 01 07, unknown function 7",
    "9, 01 00 23 00 0B 00, unknown global 0",
    "9, 01 08 41 00 0B 00, malformed elements segment kind 8",
    "9, 01 05 6F 01 D2 00 0B, type mismatch: an element that is no externref",
    "9, 01 05 6F 01 D0 70 0B, type mismatch: an element that is no externref",
    "9, 01 05 70 01 41 00 0B, type mismatch: an element that is no funcref",
    "9, 01 05 70 01 D2 00 D2 00 0B, type mismatch: an element that is no funcref",
    "9, 01 05 70 01 0B, type mismatch: an element that is no funcref",
    "13, 01 00 01, non-empty tag result type",
  })
  void refusesDeclarations(int section, String content, String rule) {
    Binary binary = new Binary().op(0, 'a', 's', 'm', 1, 0, 0, 0);
    binary.section(1, new Binary().op(2, 0x60, 0, 0, 0x60, 0, 1, 0x7F));
    binary.section(3, new Binary().op(1, 0)).section(4, new Binary().op(1, 0x70, 0, 1));
    Binary declared = new Binary().raw(HexFormat.of().parseHex(content.replace(" ", "")));
    binary.section(section, declared);
    binary.section(10, new Binary().op(1, 2, 0, 0x0B));
    assertThatThrownBy(() -> WasmBinary.parse(binary.toBytes()))
        .isInstanceOf(ChicoryException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void keepsTheNamesThatItCanRead() {
    Binary names = new Binary().name("name").section(1, new Binary().op(2, 0, 1, 'f', 1, 1, 'g'));
    byte[] binary = new Binary().op(0, 'a', 's', 'm', 1, 0, 0, 0).section(0, names).toBytes();
    assertThat(ModuleParser.parse(binary).nameSection().nameOfFunction(1)).isEqualTo("g");
  }

  private static Binary referring(int function, Binary exports) {
    return module(exports, new Binary().op(0, 0xD2, function, 0x1A, 0x0B));
  }

  /** Two functions without parameters and results. */
  private static Binary module(Binary exports, Binary first) {
    byte[] body = first.toBytes();
    return new Binary()
        .op(0, 'a', 's', 'm', 1, 0, 0, 0)
        .section(1, new Binary().op(1, 0x60, 0, 0))
        .section(3, new Binary().op(2, 0, 0))
        .section(7, exports)
        .section(10, new Binary().op(2).unsigned(body.length).raw(body).op(2, 0, 0x0B));
  }
}
