package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.module.CompiledModule;

/** Files that have the same bytes are one module, as long as they have them. */
@Timeout(60)
class SharedModuleTest {
  private static final int THREADS = 8;

  private final ModuleCache cache = new ModuleCache();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @TempDir Path dir;
  private Path one;
  private Path other;

  @BeforeEach
  void copyGuest() throws IOException {
    dir = dir.toRealPath();
    one = Files.write(dir.resolve("one.wasm"), Guests.bytes("hello"));
    other = Files.write(dir.resolve("other.wasm"), Guests.bytes("hello"));
  }

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void isLoadedOnceAndKnownToEachUserByItsOwnFile() throws Exception {
    try (WasmModule first = cache.load(one);
        WasmModule second = cache.load(other)) {
      assertThat(second.compiled()).isSameAs(first.compiled());
      assertThat(cache.statistics().loads()).isEqualTo(1);
      assertThat(cache.statistics().hits()).isEqualTo(1);
      assertThat(cache.size()).isEqualTo(1);
      assertThat(first.file()).isEqualTo(one);
      assertThat(second.file()).isEqualTo(other);
      assertThat(second.fileName()).isEqualTo("other.wasm");
      assertThat(second.version()).isEqualTo(ModuleVersion.of(other)).isNotEqualTo(first.version());
    }
    assertThat(cache.size()).isZero();
  }

  @Test
  void isLoadedOnceMoreToBeFrozen() throws Exception {
    try (WasmModule usual = cache.load(one);
        WasmModule marking =
            cache.load(other, ModuleUse.usual().toBeFrozen(), PreparedModules.none());
        WasmModule same = cache.load(one, ModuleUse.usual().toBeFrozen(), PreparedModules.none())) {
      assertThat(marking.compiled()).isNotSameAs(usual.compiled());
      assertThat(same.compiled()).isSameAs(marking.compiled());
      assertThat(cache.statistics().loads()).isEqualTo(2);
    }
  }

  @Test
  void isLeftByAFileThatIsReplaced() throws Exception {
    try (WasmModule first = cache.load(one);
        WasmModule before = cache.load(other)) {
      replace(other, "trap");
      assertThat(ModuleVersion.of(other)).isNotEqualTo(before.version());
      assertThat(ModuleVersion.of(one)).isEqualTo(first.version());
      try (WasmModule after = cache.load(other);
          WasmModule still = cache.load(one)) {
        assertThat(after.exportsFunction("spin")).isTrue();
        assertThat(still.compiled()).isSameAs(first.compiled());
        assertThat(before.compiled()).isSameAs(first.compiled());
        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.statistics().loads()).isEqualTo(2);
      }
      replace(other, "hello");
      try (WasmModule back = cache.load(other)) {
        assertThat(back.compiled()).isSameAs(first.compiled());
        assertThat(cache.statistics().loads()).isEqualTo(2);
      }
    }
  }

  @Test
  void isReadFromWhicheverFileIsLeft() throws Exception {
    try (WasmModule second =
        cache.load(other, ModuleUse.usual().toBeFrozen(), PreparedModules.none())) {
      try (WasmModule first =
          cache.load(one, ModuleUse.usual().toBeFrozen(), PreparedModules.none())) {
        Files.delete(other);
        assertThat(first.compiled().freezing().freezer()).isNotNull();
        Files.move(one, dir.resolve("gone.wasm"));
        replace(other, "trap");
        assertThatThrownBy(() -> second.compiled().freezing().freezer())
            .isInstanceOf(IOException.class);
        Files.move(dir.resolve("gone.wasm"), one);
        assertThat(second.compiled().freezing().freezer()).isNotNull();
      }
      // Which belongs to somebody who has closed it.
      assertThatThrownBy(() -> second.compiled().freezing().freezer())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("other.wasm");
    }
  }

  @Test
  void isCollectedWhenNoFileHasAUser() throws Exception {
    WeakReference<CompiledModule> compiled = useBothAndClose();
    while (compiled.get() != null) {
      System.gc();
    }
    assertThat(cache.statistics().modules()).isEmpty();
  }

  private WeakReference<CompiledModule> useBothAndClose() throws IOException {
    WasmModule first = cache.load(one);
    WasmModule second = cache.load(other);
    first.close();
    assertThat(cache.size()).isEqualTo(1);
    assertThat(second.exportsFunction("_start")).isTrue();
    Files.delete(one);
    Files.delete(other);
    second.close();
    assertThat(cache.size()).isZero();
    return new WeakReference<>(second.compiled());
  }

  @Test
  void isLoadedOnceForThreadsThatAskForBothFilesAtTheSameTime() throws Exception {
    List<CompiledModule> loaded = new ArrayList<>();
    List<WasmModule> modules = new ArrayList<>();
    for (Future<WasmModule> future : loadBothFromManyThreads()) {
      modules.add(future.get());
      loaded.add(future.get().compiled());
    }
    assertThat(loaded).containsOnly(loaded.get(0));
    assertThat(cache.statistics().loads()).isEqualTo(1);
    assertThat(cache.statistics().hits()).isEqualTo(THREADS - 1);
    modules.forEach(WasmModule::close);
    assertThat(cache.size()).isZero();
  }

  @Test
  void isReportedToEachUserByItsOwnFileWhenItCannotBeLoaded() throws Exception {
    replace(one, "unknown-imports");
    replace(other, "unknown-imports");
    List<Future<WasmModule>> loads = loadBothFromManyThreads();
    for (int i = 0; i < loads.size(); i++) {
      assertThatThrownBy(loads.get(i)::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(WasmModuleException.class)
          .hasMessageStartingWith(file(i) + ": imports what is not provided: ");
    }
    assertThat(cache.size()).isZero();
    replace(other, "hello");
    cache.load(other).close();
  }

  @Test
  void isWaitedForUntilTheWaiterIsInterrupted() throws Exception {
    CountDownLatch mayLoad = new CountDownLatch(1);
    Loading first = beginToLoad(one, slow(mayLoad));
    awaitLoad();
    Loading second = beginToLoad(other, PreparedModules.none());
    awaitHit();
    second.thread.get().interrupt();
    assertGivenUp(second, other);
    mayLoad.countDown();
    try (WasmModule module = first.module.get()) {
      assertThat(cache.statistics().modules())
          .singleElement()
          .satisfies(each -> assertThat(each.files()).containsExactly(module.file()));
    }
    assertThat(cache.size()).isZero();
  }

  @Test
  void isLoadedByAnotherWhenTheThreadThatDidIsInterrupted() throws Exception {
    Loading first = beginToLoad(one, slow(new CountDownLatch(1)));
    awaitLoad();
    Loading second = beginToLoad(other, PreparedModules.none());
    awaitHit();
    first.thread.get().interrupt();
    assertGivenUp(first, one);
    second.module.get().close();
    assertThat(cache.statistics().loads()).isEqualTo(1);
    assertThat(cache.statistics().failures()).isZero();
    assertThat(cache.size()).isZero();
  }

  private static void assertGivenUp(Loading load, Path file) {
    assertThatThrownBy(load.module::get)
        .cause()
        .isInstanceOf(WasmModuleException.class)
        .hasMessage(file + ": interrupted while it was being loaded");
    assertThat(load.interrupted).as("the flag").isTrue();
  }

  private void awaitLoad() {
    while (cache.size() == 0) {
      Thread.onSpinWait();
    }
  }

  private void awaitHit() {
    while (cache.statistics().hits() == 0) {
      Thread.onSpinWait();
    }
  }

  private static PreparedModules slow(CountDownLatch mayLoad) {
    return PreparedModules.none()
        .orFrom(
            name -> {
              try {
                mayLoad.await();
                return Optional.empty();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
              }
            });
  }

  private static final class Loading {
    final CompletableFuture<Thread> thread = new CompletableFuture<>();
    Future<WasmModule> module;
    volatile boolean interrupted;
  }

  private Loading beginToLoad(Path file, PreparedModules prepared) {
    Loading loading = new Loading();
    loading.module =
        threads.submit(
            () -> {
              loading.thread.complete(Thread.currentThread());
              try {
                return cache.load(file, prepared);
              } finally {
                loading.interrupted = Thread.interrupted();
              }
            });
    return loading;
  }

  private List<Future<WasmModule>> loadBothFromManyThreads() throws InterruptedException {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    List<Callable<WasmModule>> loads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Path file = file(i);
      loads.add(
          () -> {
            together.await();
            return cache.load(file);
          });
    }
    return threads.invokeAll(loads);
  }

  private Path file(int thread) {
    return thread % 2 == 0 ? one : other;
  }

  /** As a deployment does: by another file, which the file system tells from the one before. */
  private void replace(Path file, String guest) throws IOException {
    Path made = Files.write(dir.resolve("new"), Guests.bytes(guest));
    Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
