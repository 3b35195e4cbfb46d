package org.wasmservlet.core.module;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BinaryFormatTest {
  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("", "the file is empty"),
        arguments("\037\213\b", "compressed with gzip"),
        arguments("(module (func))", "WebAssembly text"),
        arguments("\n  (module (func))", "WebAssembly text"),
        arguments("<?php echo 1;", "not a WebAssembly module"),
        arguments("\0as", "not a WebAssembly module"),
        arguments("\0asm\1", "ends within its header"),
        arguments("\0asm\r\0\1\0", "a WebAssembly component"),
        arguments("\0asm\2\0\0\0", "unknown version"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void saysWhatAFileIsInstead(String content, String fault) {
    assertThat(BinaryFormat.faultOf(content.getBytes(ISO_8859_1))).contains(fault);
  }

  @Test
  void acceptsTheHeaderOfAModule() {
    assertThat(BinaryFormat.faultOf(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0})).isNull();
  }
}
