package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasmservlet.compiler.fuzz.Binary;

/** Code that breaks a rule is refused with the rule, the function and the place. */
class InvalidCodeTest {
  /** Where the first instruction of the function is. */
  private static final int FIRST = 53;

  /** The body after its locals, in hexadecimal; its function takes an i32 and an i64. */
  @ParameterizedTest
  @CsvSource({
    "1A0B, 0, type mismatch: no operand is left in the block",
    "20006A0B, 2, type mismatch: no operand is left in the block",
    "200020016A1A0B, 4, 'type mismatch: expected i32, found i64'",
    "20000B, 2, type mismatch: 1 more values at the end of a block than its results",
    "027F0B1A0B, 2, type mismatch: no operand is left in the block",
    "20000440050B050B, 6, END opcode expected: else without if",
    "02400B050B, 3, END opcode expected: else without if",
    "2000047F41010B1A0B, 6, type mismatch: an if without else gives what it takes",
    "0C010B, 0, unknown label 1",
    "20020B, 0, unknown local 2",
    "23050B, 0, unknown global 5",
    "24000B, 0, unknown global 0",
    "10070B, 0, unknown function 7",
    "41001109000B, 2, unknown type 9",
    "41001100010B, 2, unknown table 1",
    "2000280300 1A0B, 2, alignment must not be larger than natural",
    "200028020 01AFF0B, 6, illegal opcode ff",
    "2000288002000B, 2, malformed memop flags",
    "2000284201000B, 2, unknown memory 1",
    "41FFFFFFFFFF0F0B, 6, integer representation too long",
    "41FFFFFFFF1F1A0B, 6, integer too large",
    "42FFFFFFFFFFFFFFFFFF011A0B, 11, integer too large",
    "20FFFFFFFF1F0B, 6, integer too large",
    "200120012001 1B1A0B, 6, 'type mismatch: expected i32, found i64'",
    "200020014100 1B1A0B, 6, 'type mismatch: expected i64, found i32'",
    "D2001A0B, 0, undeclared function reference: function 0",
    "FC08000 00B, 0, data count section required",
    "FC0D030B, 0, unknown elem segment 3",
    "410041004100FC0A00010B, 6, unknown memory 1",
    "FC120B, 0, illegal opcode fc 12",
    "160B, 0, illegal opcode 16",
    "09000B, 0, invalid rethrow label 0",
    "06 4009000B0B, 2, invalid rethrow label 0",
    "190B, 0, END opcode expected: catch without try",
    "064019190B0B, 3, END opcode expected: catch without try",
    "18000B, 0, END opcode expected: delegate without try",
    "06401802 0B, 2, unknown label 2",
    "08000B, 0, unknown tag 0",
    "0A0B, 0, type mismatch: no operand is left in the block",
    "1F400105000B0B, 0, malformed catch clause 5",
    "1F400102070B0B, 0, unknown label 7",
    "1F400103000B0B, 0, type mismatch: a catch clause gives what its label takes",
    "1C0041000B, 0, invalid result arity",
    "0B01, 1, END opcode expected: the body goes on after the function's end",
    "01, 1, unexpected end",
    "41, 1, unexpected end",
    "02620B0B, 0, malformed value type 62",
    "0240410 00B0B, 4, type mismatch: 1 more values at the end of a block than its results",
    "000B0B, 2, END opcode expected: the body goes on after the function's end",
    "0041006 A1A42000B, 7, type mismatch: 1 more values at the end of a block than its results",
  })
  void isRefused(String body, int at, String rule) {
    byte[] binary = module(bytes(body.replace(" ", "")));
    assertThatThrownBy(() -> Front.BINARY.compile(binary))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(InvalidException.class),
            e -> assertThat(e).isInstanceOf(MalformedException.class))
        .hasMessageContaining(rule)
        .hasMessageContaining("function 0 (first)");
    assertThatThrownBy(() -> Front.BINARY.compile(binary))
        .hasMessageContaining("at offset " + (FIRST + at));
  }

  @Test
  void isFoundInEveryFunction() {
    byte[] sound = module(new byte[] {0x0B});
    assertThat(Front.BINARY.compile(sound).functionCount()).isEqualTo(1);
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }

  private static byte[] module(byte[] instructions) {
    byte[] body = new Binary().op(0).raw(instructions).toBytes();
    return new Binary()
        .op(0, 'a', 's', 'm', 1, 0, 0, 0)
        .section(0, new Binary().name("name").section(1, new Binary().op(1, 0).name("first")))
        .section(1, new Binary().op(1, 0x60, 2, 0x7F, 0x7E, 0))
        .section(3, new Binary().op(1, 0))
        .section(4, new Binary().op(1, 0x70, 0, 1))
        .section(5, new Binary().op(1, 0, 1))
        .section(10, new Binary().op(1).unsigned(body.length).raw(body))
        .toBytes();
  }
}
