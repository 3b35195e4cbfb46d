package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasmservlet.compiler.fuzz.Binary;

/** What of WebAssembly a module uses is read from whatever it has. */
class ModuleFeaturesTest {
  @ParameterizedTest
  @CsvSource({
    "fc09 00, bulk memory",
    "fd0f 1a, vectors (SIMD)",
    "fd8002 1a, relaxed vectors",
    "1200, tail calls",
    "1500, typed function references",
    "1f 40 00 0b, exceptions (try_table)",
    "06 40 19 0b, legacy exceptions (try)",
    "0800, exceptions that are thrown",
    "fe00 0200, atomic instructions",
    "fb1c, garbage collection",
    "c0, sign extension",
    "fc00, saturating conversions",
    "d1, references",
    "27, instructions that are not known here",
    "fdff7f, instructions that are not known here"
  })
  void anInstructionTellsWhereItComesFrom(String hex, String feature) {
    byte[] code = HexFormat.of().parseHex(hex.replace(" ", "") + "0b");
    ModuleFeatures features = ModuleFeatures.of(module(code));
    assertThat(features.names()).contains(feature);
    assertThat(features.functions()).isEqualTo(1);
    assertThat(features.largestFunction()).isZero();
    assertThat(features.largestBytes()).isEqualTo(code.length + 1);
  }

  @Test
  void whatWebAssemblyHasAlwaysHadIsNotNamed() {
    assertThat(ModuleFeatures.of(module(new byte[] {0x0B})).names()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("org.wasmservlet.compiler.HostileDeclarations#all")
  void whatDeclaresTooMuchIsReadAsFarAsItGoes(HostileDeclarations.Declaration declaration) {
    assertThat(ModuleFeatures.of(declaration.binary())).isNotNull();
  }

  @Test
  void anyBytesAreReadAsFarAsTheyGo() {
    Random random = new Random(7);
    byte[] valid = module(HexFormat.of().parseHex("064019fd0f1a0b0b"));
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = valid.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      assertThat(ModuleFeatures.of(bytes)).isNotNull();
    }
  }

  @Test
  void anUnknownInstructionInAGlobalHidesNothingElse() {
    byte[] binary =
        new Binary()
            .op(0, 'a', 's', 'm', 1, 0, 0, 0)
            .section(5, new Binary().op(1, 4, 1))
            .section(6, new Binary().op(1, 0x7B, 0, 0xFD, 0xFF, 0x7F, 0x0B))
            .toBytes();
    assertThat(ModuleFeatures.of(binary).names()).contains(ModuleFeatures.LONG_MEMORY);
  }

  /** Of one function without locals. */
  private static byte[] module(byte[] code) {
    return new Binary()
        .op(0, 'a', 's', 'm', 1, 0, 0, 0)
        .section(1, new Binary().op(1, 0x60, 0, 0))
        .section(3, new Binary().op(1, 0))
        .section(10, new Binary().op(1).unsigned(code.length + 1).op(0).raw(code))
        .toBytes();
  }
}
