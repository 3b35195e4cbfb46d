package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
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
          .extracting(ModuleCacheStatistics.Loaded::files)
          .containsExactly(List.of(hello.toRealPath()), List.of(trap.toRealPath()));
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

  @Test
  void showsEachFileOfAModuleAndCountsItOnce() throws Exception {
    Path one = Files.write(dir.resolve("one.wasm"), Guests.bytes("hello"));
    Path other = Files.write(dir.resolve("other.wasm"), Guests.bytes("hello"));
    WasmModule first = cache.load(one);
    WasmModule second = cache.load(other);
    WasmModule again = cache.load(other);
    Files.setLastModifiedTime(other, FileTime.from(Instant.now().plusSeconds(5)));
    WasmModule touched = cache.load(other);
    ModuleCacheStatistics statistics = cache.statistics();
    assertThat(statistics.loads()).isEqualTo(1);
    assertThat(statistics.hits()).isEqualTo(3);
    assertThat(statistics.bytes()).isEqualTo(Files.size(one));
    assertThat(statistics.modules()).hasSize(1);
    ModuleCacheStatistics.Loaded module = statistics.modules().get(0);
    assertThat(module.files()).containsExactly(one.toRealPath(), other.toRealPath());
    assertThat(module.users()).isEqualTo(4);
    assertThat(module.loadTime()).isEqualTo(second.loadTime());
    first.close();
    again.close();
    touched.close();
    module = cache.statistics().modules().get(0);
    assertThat(module.files()).containsExactly(other.toRealPath());
    assertThat(module.users()).isEqualTo(1);
    second.close();
    assertThat(cache.statistics().modules()).isEmpty();
  }
}
