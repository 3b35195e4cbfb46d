package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a module before anybody deploys it. */
class ModuleCheckTest {
  @TempDir Path temp;

  @Test
  void aProgramThatWillRunIsDescribed() {
    ModuleCheck check = check("echo");
    assertThat(check.verdict()).isEqualTo("will run");
    assertThat(check.willRun()).isTrue();
    assertThat(check.isCompiled()).isTrue();
    assertThat(check.lines())
        .anyMatch(line -> line.matches("a WASI command, \\d+ bytes, \\d+ functions"))
        .anyMatch(
            line ->
                line.startsWith("imports of wasi_snapshot_preview1, provided: ")
                    && line.contains("fd_read")
                    && line.contains("fd_write"))
        .anyMatch(line -> line.startsWith("exports: ") && line.contains("memory (memory)"))
        .anyMatch(line -> line.equals("memories and tables, at first: 65536 bytes"))
        .anyMatch(line -> line.matches("largest function: .*func\\[\\d+].*, \\d+ bytes"))
        .anyMatch(line -> line.startsWith("compiled: all functions in "))
        .anyMatch(line -> line.equals("WasmFreeze: possible, stdin"))
        .noneMatch(line -> line.contains("not provided"));
  }

  @ParameterizedTest
  @CsvSource({
    "simd, vectors (SIMD)",
    "exceptions, exceptions (try_table)",
    "atomics, atomic instructions",
    "shared-memory, shared memory (threads)",
    "garbage, garbage collection",
    "memories, several memories",
    "references, typed function references"
  })
  void whatAModuleUsesIsNamedWhetherItIsCompiledOrNot(String guest, String feature) {
    assertThat(check(guest).lines())
        .filteredOn(line -> line.startsWith("uses, besides WebAssembly 1.0: "))
        .singleElement()
        .asString()
        .contains(feature);
  }

  @ParameterizedTest
  @CsvSource({"references, typed function references", "memories, multiple memories"})
  void whatIsLeftToTheEngineWillRunSlowlyAndIsNotFrozen(String guest, String feature) {
    ModuleCheck check = check(guest);
    assertThat(check.verdict()).startsWith("will run, up to 40 times slower");
    assertThat(check.willRun()).isTrue();
    assertThat(check.isCompiled()).isFalse();
    assertThat(check.lines())
        .anyMatch(
            line ->
                line.startsWith("compiled: by the engine's own compiler")
                    && line.contains("it uses " + feature))
        .contains("WasmFreeze: not possible, for the engine's own compiler cannot keep a stack");
  }

  @ParameterizedTest
  @CsvSource({
    "shared-memory, has shared memory (threads)",
    "garbage, has structs or arrays (garbage collection)",
    "simd-memories, uses multiple memories",
    "unknown-imports, imports what is not provided: ",
    "reactor, exports no function named '_start'"
  })
  void whatWillNotRunSaysWhy(String guest, String cause) {
    ModuleCheck check = check(guest);
    assertThat(check.verdict()).startsWith("will not run: ").contains(cause);
    assertThat(check.willRun()).isFalse();
    assertThat(check.isCompiled()).isFalse();
    assertThat(check.lines()).isNotEmpty();
  }

  @Test
  void whatIsAskedForCounts() {
    Path unknown = Guests.path("imports-more");
    ModuleCheck trapping =
        ModuleCheck.of(unknown, ModuleUse.usual().trappingUnknownImports(), "_start");
    assertThat(trapping.verdict()).isEqualTo("will run");
    assertThat(trapping.lines())
        .contains(
            "imports, not provided: env.invent, wasi_snapshot_preview1.sched_yield (with another"
                + " type); WasmUnknownImports Trap runs it until it calls one");
    assertThat(ModuleCheck.of(Guests.path("echo"), ModuleUse.usual(), "serve").verdict())
        .startsWith("will not run: ")
        .endsWith("exports no function named 'serve'");
  }

  @Test
  void whatIsNoModuleWillNotRunEither() throws IOException {
    assertThat(verdict("(module)".getBytes())).contains("WebAssembly text");
    assertThat(verdict(new byte[] {0, 'a', 's', 'm', 13, 0, 1, 0})).contains("component");
    assertThat(verdict(new byte[0])).isEqualTo("will not run: the file is empty");
    Path missing = temp.resolve("missing.wasm");
    assertThat(ModuleCheck.of(missing, ModuleUse.usual(), "_start").verdict())
        .isEqualTo("will not run: no such file");
  }

  @Test
  void a64BitMemoryIsNamedThoughItCannotBeRead() throws IOException {
    byte[] binary = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 4, 1};
    ModuleCheck check = check(binary);
    assertThat(check.willRun()).isFalse();
    assertThat(check.lines()).contains("uses, besides WebAssembly 1.0: 64-bit memory");
  }

  private String verdict(byte[] binary) throws IOException {
    return check(binary).verdict();
  }

  private ModuleCheck check(byte[] binary) throws IOException {
    Path file = Files.write(temp.resolve("module.wasm"), binary);
    return ModuleCheck.of(file, ModuleUse.usual(), "_start");
  }

  private static ModuleCheck check(String guest) {
    return ModuleCheck.of(Guests.path(guest), ModuleUse.usual(), "_start");
  }
}
