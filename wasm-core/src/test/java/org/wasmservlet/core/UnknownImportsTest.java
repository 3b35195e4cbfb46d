package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that a module imports, and that no program is given. */
class UnknownImportsTest {
  private static final ModuleUse TRAPPING = ModuleUse.usual().trappingUnknownImports();

  private final ModuleCache cache = new ModuleCache();

  @TempDir Path dir;

  @Test
  void areRefusedIfNothingElseIsSaid() {
    assertThatThrownBy(() -> cache.load(Guests.path("imports-more")))
        .isInstanceOf(WasmModuleException.class)
        .hasMessageContaining("env.invent, wasi_snapshot_preview1.sched_yield (with another type)");
  }

  @Test
  void trapWithTheirNameWhenTheyAreCalled() throws IOException {
    assertThat(run()).isEqualTo(new Outcome.Exit(7));
    assertThat(((Outcome.Trap) run("one")).message())
        .isEqualTo("the import env.invent is not provided");
    assertThat(((Outcome.Trap) run("one", "two")).message())
        .isEqualTo("the import wasi_snapshot_preview1.sched_yield is not provided");
  }

  /** Before anything is compiled, and when it is prepared. */
  @Test
  void areRefusedInAModuleThatIsPreparedForAnotherUse() throws IOException {
    PreparedModules prepared = PreparedModules.in(dir.resolve("cache"), Long.MAX_VALUE);
    Path file = Guests.path("imports-more");
    cache.load(file, TRAPPING, prepared).close();
    assertThatThrownBy(() -> cache.load(file, prepared))
        .isInstanceOf(WasmModuleException.class)
        .hasMessageContaining("imports what is not provided");
    try (WasmModule module = cache.load(file, TRAPPING, prepared)) {
      assertThat(WasmExecution.of(WasmConfig.builder(module).build()).run())
          .isEqualTo(new Outcome.Exit(7));
    }
  }

  /** Of what is no function there is nothing that could trap. */
  @Test
  void ofMemoriesAreRefusedInAnyCase() {
    assertThatThrownBy(
            () -> cache.load(Guests.path("unknown-imports"), TRAPPING, PreparedModules.none()))
        .isInstanceOf(WasmModuleException.class)
        .hasMessageContaining("imports what is not provided: env.memory (memory);");
  }

  private Outcome run(String... arguments) throws IOException {
    try (WasmModule module =
        cache.load(Guests.path("imports-more"), TRAPPING, PreparedModules.none())) {
      WasmConfig.Builder config = WasmConfig.builder(module);
      for (String argument : arguments) {
        config = config.argument(argument);
      }
      return WasmExecution.of(config.build()).run();
    }
  }
}
