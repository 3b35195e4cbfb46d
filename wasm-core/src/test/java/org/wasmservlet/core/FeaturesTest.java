package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that our compiler does not compile run on the engine's, or say why they do not. */
class FeaturesTest {
  @RegisterExtension final RecordedLog log = new RecordedLog("org.wasmservlet.core.ModuleCache");

  @ParameterizedTest
  @CsvSource({
    "references, typed function references, 7",
    "exnrefs, references to exceptions outside of locals, 7",
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
                + ": it runs on the engine's own compiler, which is up to 40 times slower and prepares"
                + " nothing; a build without that runs on the compiler of this server");
  }

  @Test
  void vectorInstructionsAreCompiled() throws IOException {
    runsHere("simd");
  }

  @Test
  void exceptionsAreCompiled() throws IOException {
    runsHere("exceptions");
  }

  @Test
  void atomicInstructionsAreCompiledWhereTheMemoryIsNotShared() throws IOException {
    runsHere("atomics");
  }

  private void runsHere(String guest) throws IOException {
    try (WasmModule module = new ModuleCache().load(Guests.path(guest))) {
      assertThat(WasmExecution.of(WasmConfig.builder(module).build()).run())
          .isEqualTo(new Outcome.Exit(7));
    }
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void anExceptionThatNothingCatchesIsATrapWithItsTagAndABacktrace() throws IOException {
    Outcome.Trap trap = uncaught(List.of());
    assertThat(trap.message()).isEqualTo("an exception that nothing catches: boom (tag[0])");
    assertThat(trap.backtrace()).containsExactly("inner (func[1])", "func[3]");
  }

  /** Traces cost more than the rest, and a program that throws much catches it. */
  @Test
  void afterManyExceptionsThereIsNoBacktrace() throws IOException {
    Outcome.Trap trap = uncaught(List.of("many"));
    assertThat(trap.message()).isEqualTo("an exception that nothing catches: boom (tag[0])");
    assertThat(trap.backtrace()).isEmpty();
  }

  private static Outcome.Trap uncaught(List<String> arguments) throws IOException {
    try (WasmModule module = new ModuleCache().load(Guests.path("throws"))) {
      WasmConfig.Builder config = WasmConfig.builder(module);
      arguments.forEach(config::argument);
      return (Outcome.Trap) WasmExecution.of(config.build()).run();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "simd-memories, 'uses multiple memories, which is left to the engine''s own compiler, and vector'",
    "garbage, 'has structs or arrays (garbage collection)'",
    "shared-memory, 'has shared memory (threads)'",
    "memory64, 'has a 64-bit memory or table, which the engine has not: build it for 32 bits'"
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
