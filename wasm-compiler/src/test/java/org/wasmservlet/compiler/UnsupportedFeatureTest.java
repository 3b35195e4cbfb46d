package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What is not compiled is named. */
class UnsupportedFeatureTest {
  @Test
  void aReferenceToADeclaredTypeThatIsNotNull() {
    // (type (func)) (type (func (param (ref 0))))
    byte[] binary = HexFormat.of().parseHex("0061736d010000000109026000006001640000");
    assertThatThrownBy(() -> WasmCompiler.create().compile(WasmBinary.parse(binary)))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("typed references");
  }
}
