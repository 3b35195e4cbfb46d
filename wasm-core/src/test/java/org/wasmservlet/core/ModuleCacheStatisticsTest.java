package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleCacheStatisticsTest {
  private final ModuleCache cache = new ModuleCache();

  @TempDir Path dir;

  @Test
  void countsLoadsHitsAndFailures() throws Exception {
    assertThat(cache.statistics().loadTime()).isZero();
    Instant before = Instant.now();
    Path hello = Files.write(dir.resolve("hello.wasm"), Guests.bytes("hello"));
    Path trap = Files.write(dir.resolve("trap.wasm"), Guests.bytes("trap"));
    Path broken = Files.write(dir.resolve("broken.wasm"), new byte[] {1});
    try (WasmModule one = cache.load(hello);
        WasmModule other = cache.load(hello);
        WasmModule third = cache.load(trap)) {
      assertThatThrownBy(() -> cache.load(broken)).isInstanceOf(WasmModuleException.class);
      ModuleCacheStatistics statistics = cache.statistics();
      assertThat(statistics.loads()).isEqualTo(2);
      assertThat(statistics.hits()).isEqualTo(1);
      assertThat(statistics.failures()).isEqualTo(1);
      assertThat(statistics.loadTime()).isEqualTo(one.loadTime().plus(third.loadTime()));
      assertThat(statistics.bytes()).isEqualTo(Files.size(hello) + Files.size(trap));
      assertThat(statistics.modules())
          .extracting(ModuleCacheStatistics.Loaded::file)
          .containsExactly(hello.toRealPath(), trap.toRealPath());
      ModuleCacheStatistics.Loaded first = statistics.modules().get(0);
      assertThat(first.users()).isEqualTo(2);
      assertThat(first.functionCount()).isEqualTo(other.functionCount());
      assertThat(first.interpretedFunctionCount()).isZero();
      assertThat(first.loadedAt()).isBetween(before, Instant.now());
    }
    assertThat(cache.statistics().modules()).isEmpty();
    assertThat(cache.statistics().bytes()).isZero();
    assertThat(cache.statistics().loads()).isEqualTo(2);
  }
}
