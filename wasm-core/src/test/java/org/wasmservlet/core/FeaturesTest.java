package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that our compiler does not compile run on the engine's, or say why they do not. */
class FeaturesTest {
  @RegisterExtension final RecordedLog log = new RecordedLog("org.wasmservlet.core.ModuleCache");

  @ParameterizedTest
  @CsvSource({
    "exceptions, exception handling, 7",
    "references, typed function references, 7",
    "atomics, threads, 7",
    "memories, multiple memories, 34"
  })
  void runOnTheEnginesOwnCompilerAndAreNamedOnce(String guest, String feature, int exitCode)
      throws IOException {
    Path file = Guests.path(guest);
    WasmLimits limits = WasmLimits.DEFAULT.withMemory(34L << 16);
    try (WasmModule module = new ModuleCache().load(file)) {
      assertThat(module.interpretedFunctionCount()).isZero();
      for (int run = 0; run < 2; run++) {
        Outcome outcome = WasmExecution.of(WasmConfig.builder(module).limits(limits).build()).run();
        assertThat(outcome).isEqualTo(new Outcome.Exit(exitCode));
      }
    }
    assertThat(log.messages())
        .containsExactly(
            file.toRealPath()
                + " uses "
                + feature
                + ": it runs on the engine's own compiler, which is slower");
  }

  @Test
  void vectorInstructionsAreCompiled() throws IOException {
    try (WasmModule module = new ModuleCache().load(Guests.path("simd"))) {
      assertThat(WasmExecution.of(WasmConfig.builder(module).build()).run())
          .isEqualTo(new Outcome.Exit(7));
    }
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "simd-memories, 'uses multiple memories, which is left to the engine''s own compiler, and vector'",
    "garbage, 'has structs or arrays (garbage collection)'",
    "shared-memory, 'has shared memory (threads)'"
  })
  void areRefusedWhereTheEngineCannotOrMustNotRunThem(String guest, String cause)
      throws IOException {
    Path file = Guests.path(guest);
    assertThatThrownBy(() -> new ModuleCache().load(file))
        .isInstanceOf(WasmModuleException.class)
        .hasMessageStartingWith(file.toRealPath() + ": " + cause);
    // Not that it runs on something.
    assertThat(log.messages()).isEmpty();
  }
}
