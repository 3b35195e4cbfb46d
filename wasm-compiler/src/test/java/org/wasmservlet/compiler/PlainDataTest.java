package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasmservlet.compiler.fuzz.Binary;

/** Data segments that are read without Chicory's parser are what they are with it. */
class PlainDataTest {
  private static final String OWN_MEMORY = "00 01";
  private static final String TWO = "02 00 41 01 0B 02 'ab' 00 41 02 0B 01 'c'";

  @Test
  void aMemoryBeginsWithIt() {
    Memory memory = instance(binary(OWN_MEMORY, 2, TWO)).memory();
    assertThat(memory.readString(0, 4)).isEqualTo("\0ac\0");
  }

  @Test
  void anImportedMemoryGetsItFromEveryInstance() {
    for (int i = 0; i < 2; i++) {
      CompiledCode code = compile(binary(null, 2, TWO));
      Memory memory = code.memoryFactory().apply(new MemoryLimits(1));
      code.builder().withImportValues(imports(memory)).build();
      assertThat(memory.readString(0, 4)).isEqualTo("\0ac\0");
    }
  }

  /** Also where Chicory lays it down. */
  @Test
  void theModuleHasIt() {
    WasmBinary binary = WasmBinary.parse(binary(OWN_MEMORY, 2, TWO));
    CompiledCode code = WasmCompiler.create().compile(binary);
    Instance instance =
        Instance.builder(binary.module())
            .withMachineFactory(code.machineFactory())
            .withMemoryFactory(code.memoryFactory())
            .build();
    assertThat(instance.memory().readString(0, 4)).isEqualTo("\0ac\0");
    assertThat(binary.outline().dataSection().dataSegments()).allMatch(s -> s.data().length == 0);
  }

  /** Even if nothing is taken of it. */
  @Test
  void itIsDroppedOnceItIsLaidDown() {
    Instance instance = instance(binary(OWN_MEMORY, 2, TWO));
    assertThat(instance.export("init").apply(0)).isEmpty();
    assertThatThrownBy(() -> instance.export("init").apply(1))
        .isInstanceOf(ChicoryException.class)
        .hasMessageContaining("out of bounds memory access");
  }

  @ParameterizedTest
  @CsvSource({
    "01 00 41 FF FF 03 0B 02 'ab', true",
    "01 00 41 81 80 04 0B 00, true",
    "01 00 41 7F 0B 01 'a', true",
    "01 00 41 80 80 04 0B 00, false",
    "01 00 41 FF FF 03 0B 01 'a', false",
  })
  void anInstanceTrapsIfItHasNoRoom(String data, boolean traps) {
    CompiledCode code = compile(binary(OWN_MEMORY, 1, data));
    if (traps) {
      assertThatThrownBy(() -> code.builder().build())
          .isInstanceOf(ChicoryException.class)
          .hasMessageContaining("out of bounds memory access");
    } else {
      assertThat(code.builder().build().memory().pages()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "01 00 41 00 0B 01 'a' 00, section size mismatch",
    "01 00 41 00 0B 02 'a', unexpected end",
    "01 00 41 FF FF FF FF 1F 0B 01 'a', integer too large",
    "01 00 41 00 41 00 0B 01 'a', values remaining on the stack",
    "01 00 42 00 0B 01 'a', type mismatch",
    "01 02 01 41 00 0B 01 'a', unknown memory 1",
    "02 00 41 00 0B 00 00 41 00 0B 00, data count and data section have inconsistent lengths",
  })
  void isRefusedWhereItIsNotValid(String data, String rule) {
    byte[] binary = binary(OWN_MEMORY, 1, data);
    assertThatThrownBy(() -> WasmBinary.parse(binary))
        .isInstanceOf(ChicoryException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void isRefusedWithoutAMemory() {
    byte[] binary = header().section(11, hex("01 00 41 00 0B 01 'a'")).toBytes();
    assertThatThrownBy(() -> WasmBinary.parse(binary)).hasMessageContaining("unknown memory 0");
    assertThat(WasmBinary.parse(header().section(11, hex("00")).toBytes())).isNotNull();
  }

  /** What is left out for the parser counts for the order, too. */
  @ParameterizedTest
  @CsvSource({"11, 10", "11, 11", "10, 10", "11, 5"})
  void isRefusedOutOfOrder(int first, int second) {
    byte[] binary =
        header()
            .section(second == 5 ? 4 : 5, hex(second == 5 ? "00" : "01 00 01"))
            .section(first, hex("00"))
            .section(second, hex("00"))
            .toBytes();
    assertThatThrownBy(() -> WasmBinary.parse(binary))
        .hasMessageContaining("unexpected content after last section");
  }

  /** Bodies are counted, though none is parsed. */
  @Test
  void aFunctionWithoutABodyIsRefused() {
    Binary types = header().section(1, hex("01 60 00 00")).section(3, hex("02 00 00"));
    byte[] binary = types.section(10, hex("01 02 00 0B")).toBytes();
    assertThatThrownBy(() -> WasmBinary.parse(binary))
        .hasMessageContaining("function and code section have inconsistent lengths");
  }

  /**
   * With a function that takes so many bytes of the second segment, and its memory's own limits.
   */
  private static byte[] binary(String memory, int count, String data) {
    Binary binary = header().section(1, hex("01 60 01 7F 00"));
    binary =
        memory == null
            ? binary.section(2, hex("01 01 'm' 01 'm' 02 00 01")).section(3, hex("01 00"))
            : binary.section(3, hex("01 00")).section(5, hex("01 " + memory));
    return binary
        .section(7, hex("01 04 'init' 00 00"))
        .section(12, new Binary().op(count))
        .section(10, hex("01 0C 00 41 00 41 00 20 00 FC 08 00 00 0B"))
        .section(11, hex(data))
        .toBytes();
  }

  private static Binary header() {
    return new Binary().op(0, 'a', 's', 'm', 1, 0, 0, 0);
  }

  /** Bytes, and characters in quotation marks. */
  private static Binary hex(String text) {
    Binary binary = new Binary();
    for (String word : text.split(" ")) {
      if (word.startsWith("'")) {
        word.substring(1, word.length() - 1).chars().forEach(binary::op);
      } else {
        binary.raw(HexFormat.of().parseHex(word));
      }
    }
    return binary;
  }

  private static CompiledCode compile(byte[] binary) {
    return WasmCompiler.create().compile(WasmBinary.parse(binary));
  }

  private static Instance instance(byte[] binary) {
    return compile(binary).builder().build();
  }

  private static ImportValues imports(Memory memory) {
    return ImportValues.builder().addMemory(new ImportMemory("m", "m", memory)).build();
  }
}
