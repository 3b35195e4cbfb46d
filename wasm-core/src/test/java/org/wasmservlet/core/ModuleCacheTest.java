package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleCacheTest {
  private static final int THREADS = 8;

  private final ModuleCache cache = new ModuleCache();

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void copyGuest() throws IOException {
    file = Files.write(dir.resolve("hello.wasm"), Guests.bytes("hello"));
  }

  @Test
  void loadsAFileOnceHoweverItIsNamed() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link.wasm"), file);
    Path roundabout = dir.resolve("x").resolve("..").resolve("hello.wasm");
    Files.createDirectory(dir.resolve("x"));
    try (WasmModule direct = cache.load(file);
        WasmModule linked = cache.load(link);
        WasmModule relative = cache.load(roundabout)) {
      assertThat(linked.compiled()).isSameAs(direct.compiled());
      assertThat(relative.compiled()).isSameAs(direct.compiled());
      assertThat(cache.size()).isEqualTo(1);
      assertThat(direct.fileName()).isEqualTo("hello.wasm");
      assertThat(direct.file()).isEqualTo(file.toRealPath());
      assertThat(direct.functionCount()).isEqualTo(4);
      assertThat(direct.interpretedFunctionCount()).isZero();
      assertThat(direct.loadTime()).isPositive();
    }
  }

  @Test
  void loadsOnceForThreadsThatAskAtTheSameTime() throws Exception {
    List<WasmModule> modules = new ArrayList<>();
    for (Future<WasmModule> future : loadFromManyThreads()) {
      modules.add(future.get());
    }
    assertThat(modules).extracting(WasmModule::compiled).containsOnly(modules.get(0).compiled());
    modules.forEach(WasmModule::close);
    assertThat(cache.size()).isZero();
  }

  @Test
  void reportsAFailedLoadToEveryThreadAndTriesAgain() throws Exception {
    Files.write(file, new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 99, 99});
    for (Future<WasmModule> future : loadFromManyThreads()) {
      assertThatThrownBy(future::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(WasmModuleException.class)
          .hasMessageContaining(file.toRealPath().toString())
          .hasMessageContaining("not a valid WebAssembly module");
    }
    assertThat(cache.size()).isZero();
    Files.write(file, Guests.bytes("hello"));
    cache.load(file).close();
  }

  @Test
  void takesAReplacedFileForANewModule() throws Exception {
    try (WasmModule before = cache.load(file)) {
      Files.write(file, Guests.bytes("trap"));
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
      try (WasmModule after = cache.load(file)) {
        assertThat(after.compiled()).isNotSameAs(before.compiled());
        assertThat(after.exportsFunction("spin")).isTrue();
        assertThat(before.exportsFunction("spin")).isFalse();
        assertThat(cache.size()).isEqualTo(2);
      }
    }
    assertThat(cache.size()).isZero();
  }

  @Test
  void releasesAModuleWhenItsLastUserCloses() throws Exception {
    WasmModule one = cache.load(file);
    WasmModule other = cache.load(file);
    one.close();
    one.close();
    assertThat(cache.size()).isEqualTo(1);
    other.close();
    assertThat(cache.size()).isZero();
  }

  @Test
  void namesAMissingFile() {
    Path missing = dir.resolve("missing.wasm");
    assertThatThrownBy(() -> cache.load(missing))
        .isInstanceOf(WasmModuleException.class)
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> cache.load(dir))
        .isInstanceOf(WasmModuleException.class)
        .hasMessage(dir + ": not a regular file");
    assertThat(cache.size()).isZero();
  }

  @Test
  void namesTheImportsThatAreNotProvided() throws Exception {
    Files.write(file, Guests.bytes("unknown-imports"));
    assertThatThrownBy(() -> cache.load(file))
        .isInstanceOf(WasmModuleException.class)
        .hasMessageStartingWith(file.toRealPath() + ": imports what is not provided: ")
        .hasMessageContaining("env.invent, wasi_snapshot_preview1.no_such_call")
        .hasMessageContaining("wasi_snapshot_preview1.proc_exit (with another type)")
        .hasMessageContaining("env.memory (memory)");
  }

  @Test
  void refusesWhatNoLimitWouldCount() throws Exception {
    Files.write(file, Guests.bytes("shared-memory"));
    assertThatThrownBy(() -> cache.load(file))
        .isInstanceOf(WasmModuleException.class)
        .hasMessageContaining("hello.wasm: has shared memory (threads)");
    // The text format's tools write older encodings: (type (array (mut i64))) and
    // array.new_default.
    Files.write(
        file,
        HexFormat.of()
            .parseHex(
                "0061736d01000000"
                    + "0107025e7e01600000"
                    + "03020101"
                    + "070a01065f73746172740000"
                    + "0a0e010c0041ffffffff07fb07001a0b"));
    assertThatThrownBy(() -> cache.load(file))
        .isInstanceOf(WasmModuleException.class)
        .hasMessageContaining("hello.wasm: has structs or arrays (garbage collection)");
  }

  private List<Future<WasmModule>> loadFromManyThreads() throws InterruptedException {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    Callable<WasmModule> load =
        () -> {
          together.await();
          return cache.load(file);
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      return threads.invokeAll(Collections.nCopies(THREADS, load));
    } finally {
      threads.shutdown();
    }
  }
}
