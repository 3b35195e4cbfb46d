package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WasmConfigTest {
  private static WasmModule module;

  @TempDir Path dir;

  @BeforeAll
  static void load() throws IOException {
    module = new ModuleCache().load(Guests.path("hello"));
  }

  @AfterAll
  static void close() {
    module.close();
  }

  @Test
  void beginsWithTheFileNameAsFirstArgumentAndStartAsEntryPoint() {
    WasmConfig config = WasmConfig.builder(module).argument("a b").argument("").build();
    assertThat(config.arguments()).containsExactly("hello.wasm", "a b", "");
    assertThat(config.entryPoint()).isEqualTo("_start");
    assertThat(config.environment()).isEmpty();
    assertThat(config.preopens()).isEmpty();
    assertThat(config.module()).isSameAs(module);
  }

  @Test
  void isNotChangedByItsBuilderAfterwards() {
    WasmConfig.Builder builder = WasmConfig.builder(module).environment("A", "1");
    WasmConfig config = builder.build();
    builder.environment("B", "2").argument("late");
    assertThat(config.environment()).containsExactly(entry("A", "1"));
    assertThat(config.arguments()).hasSize(1);
    Map<String, String> environment = config.environment();
    assertThatThrownBy(() -> environment.put("C", "3"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void keepsPreopensInTheirOrderUnderAbsoluteHostPaths() throws IOException {
    Path other = Files.createDirectory(dir.resolve("other"));
    WasmConfig config =
        WasmConfig.builder(module).preopen("/z/", dir).preopen("/a", other.resolve(".")).build();
    assertThat(config.preopens())
        .containsExactly(
            new Preopen("/z", dir, Preopen.Access.READ_WRITE),
            new Preopen("/a", other, Preopen.Access.READ_WRITE));
  }

  @Test
  void refusesWhatCannotBeMeant() throws IOException {
    WasmConfig.Builder builder = WasmConfig.builder(module);
    Path file = Files.createFile(dir.resolve("file"));
    refuses(() -> builder.argument("a\0b"), "the argument contains a NUL character");
    refuses(() -> builder.environment("", "v"), "not a name for an environment variable: ''");
    refuses(() -> builder.environment("A=B", "v"), "environment variable: 'A=B'");
    refuses(() -> builder.environment("A", "\0"), "value of environment variable A contains a NUL");
    refuses(() -> builder.preopen("", dir), "is empty");
    refuses(() -> builder.preopen("/d", dir.resolve("none")), "none: no such directory");
    refuses(() -> builder.preopen("/d", file), "file: not a directory");
    refuses(() -> builder.entryPoint("none"), "exports no function named 'none'");
    refuses(() -> builder.entryPoint("memory"), "exports no function named 'memory'");
    refuses(() -> builder.entryPoint("with_parameter"), "takes parameters");
    builder.environment("TWICE", "1").preopen("/d", dir);
    refuses(() -> builder.environment("TWICE", "1"), "TWICE is given twice");
    refuses(() -> builder.preopen("/d/", dir), "given twice");
  }

  @Test
  void refusesAModuleWithoutTheDefaultEntryPoint() throws IOException {
    try (WasmModule reactor = new ModuleCache().load(Guests.path("reactor"))) {
      WasmConfig.Builder builder = WasmConfig.builder(reactor);
      refuses(builder::build, "exports no function named '_start'");
      assertThat(builder.entryPoint("serve").build().entryPoint()).isEqualTo("serve");
    }
  }

  @Test
  void refusesToLetAModuleAcceptThatCannot() throws IOException {
    refuses(() -> WasmConfig.builder(module).acceptConnection(), "does not import sock_accept");
    WasmConfig.Builder any = WasmConfig.builder().acceptConnection();
    refuses(() -> any.forModule(module).build(), "does not import sock_accept");
    try (WasmModule accepting = new ModuleCache().load(Guests.path("accept"))) {
      assertThat(any.forModule(accepting).build().acceptsConnection()).isTrue();
      assertThat(WasmConfig.builder(accepting).build().acceptsConnection()).isFalse();
    }
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
