package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.NameCustomSection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A frozen program is there for all who go on from it, and none of them sees another one. */
class FrozenInstanceTest {
  private static final byte[] BINARY = Guests.binary("freezes");
  private static final NameCustomSection NAMES = Guests.module("freezes").nameSection();

  private static FrozenInstance freeze(Chunks chunks, String function, int at, long... arguments)
      throws NotFrozenException {
    CompiledCode code = chunks.compiler().compile(ModuleParser.parse(BINARY));
    return freeze(chunks, code, function, at, arguments);
  }

  private static FrozenInstance freeze(
      Chunks chunks, CompiledCode code, String function, int at, long... arguments)
      throws NotFrozenException {
    return chunks
        .compiler()
        .freezer(code, BINARY)
        .freeze(
            MemoryLimiter.UNLIMITED,
            (builder, point) ->
                builder
                    .withImportValues(new FreezingGuest(at, point).imports())
                    .build()
                    .export(function)
                    .apply(arguments));
  }

  private static Instance instance(FrozenInstance frozen) {
    return frozen
        .builder(MemoryLimiter.UNLIMITED)
        .withImportValues(new FreezingGuest().imports())
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheFunctionsOnItsStack(Chunks chunks) throws Exception {
    assertThat(freeze(chunks, "trap", 0, 2).functions())
        .extracting(NAMES::nameOfFunction)
        .containsExactly("fail", "fail", "fail", null);
  }

  @ParameterizedTest
  @EnumSource
  void aTrapHasTheFrozenFunctionsInItsStackTrace(Chunks chunks) throws Exception {
    FrozenInstance frozen = freeze(chunks, "trap", 0, 2);
    ChicoryException trap =
        catchThrowableOfType(ChicoryException.class, () -> frozen.resume(instance(frozen)));
    assertThat(trap).hasMessageContaining("out of bounds memory access");
    List<Integer> functions = new ArrayList<>();
    for (StackTraceElement element : trap.getCause().getStackTrace()) {
      CompiledCode.functionIndex(element).ifPresent(functions::add);
    }
    assertThat(functions).isEqualTo(frozen.functions());
  }

  @ParameterizedTest
  @EnumSource
  void whatTheHostThrowsHasThemToo(Chunks chunks) throws Exception {
    FrozenInstance frozen = freeze(chunks, "trap", 0, 2);
    FreezePoint unused = new FreezePoint(null);
    Instance instance =
        frozen
            .builder(MemoryLimiter.UNLIMITED)
            .withImportValues(
                new FreezingGuest(0, unused) {
                  @Override
                  void freeze() {
                    throw new IllegalStateException("no answer");
                  }
                }.imports())
            .build();
    IllegalStateException thrown =
        catchThrowableOfType(IllegalStateException.class, () -> frozen.resume(instance));
    assertThat(thrown).hasMessage("no answer");
    assertThat(thrown.getStackTrace())
        .filteredOn(element -> CompiledCode.functionIndex(element).isPresent())
        .hasSize(4);
  }

  @ParameterizedTest
  @EnumSource
  void goesOnInManyThreadsAtOnce(Chunks chunks) throws Exception {
    FrozenInstance frozen = freeze(chunks, "run", 25, 12);
    Instance first = instance(frozen);
    List<String> expected = FreezingGuest.seen(first, frozen.resume(first));
    Guests.close(first);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<List<String>> task =
          () -> {
            List<String> seen = null;
            for (int time = 0; time < 50; time++) {
              Instance instance = instance(frozen);
              seen = FreezingGuest.seen(instance, frozen.resume(instance));
              assertThat(seen).isEqualTo(expected);
              // A memory that another one has used is made good.
              instance.memory().fill((byte) 7, 0, instance.memory().pages() << 16);
              instance.exports().global("g").setValue(99);
              instance.exports().table("t").setRef(0, 2, instance);
              Guests.close(instance);
            }
            return seen;
          };
      for (Future<List<String>> each : threads.invokeAll(java.util.Collections.nCopies(8, task))) {
        assertThat(each.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsMemoryIsAskedForAsItWas(Chunks chunks) throws Exception {
    // In the second call of $state its memory has grown to two pages.
    FrozenInstance frozen = freeze(chunks, "run", callAfterGrowing(chunks), 12);
    long[] asked = new long[1];
    MemoryLimiter limiter =
        new MemoryLimiter() {
          @Override
          public boolean reserve(long bytes) {
            asked[0] += bytes;
            return bytes < 2 << 16;
          }

          @Override
          public void release(long bytes) {}
        };
    assertThatThrownBy(
            () -> frozen.builder(limiter).withImportValues(new FreezingGuest().imports()).build())
        .isInstanceOf(UninstantiableException.class);
    assertThat(asked[0]).isEqualTo(2 << 16);
    assertThat(frozen.bytes()).isBetween(1024L, 64L << 10);
  }

  private static int callAfterGrowing(Chunks chunks) {
    FreezingGuest guest = new FreezingGuest();
    CompiledCode code = chunks.compiler().compile(ModuleParser.parse(BINARY));
    code.builder().withImportValues(guest.imports()).build().export("run").apply(12);
    return guest.calls.indexOf("f[2]") < 0 ? -1 : guest.calls.lastIndexOf("f[2]");
  }

  @ParameterizedTest
  @EnumSource
  void isInterruptedLikeAnyOther(Chunks chunks) throws Exception {
    FrozenInstance frozen = freeze(chunks, "run", 25, 12);
    Instance instance = instance(frozen);
    ((CompiledMachine) instance.getMachine()).interrupt();
    assertThatThrownBy(() -> frozen.resume(instance))
        .isInstanceOf(ChicoryInterruptedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void theOrdinaryCodeStaysAsItIs(Chunks chunks) throws Exception {
    CompiledCode code = chunks.compiler().compile(ModuleParser.parse(BINARY));
    Instance before = code.builder().withImportValues(new FreezingGuest().imports()).build();
    List<String> expected = FreezingGuest.seen(before, before.export("run").apply(12));
    List<String> classes = code.loadedClasses();
    FrozenInstance frozen = freeze(chunks, code, "run", 25, 12);
    frozen.resume(instance(frozen));
    Instance after = code.builder().withImportValues(new FreezingGuest().imports()).build();
    assertThat(FreezingGuest.seen(after, after.export("run").apply(12))).isEqualTo(expected);
    // Those of other forms are of no use to a process that freezes nothing.
    assertThat(code.loadedClasses()).isEqualTo(classes);
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatIsFrozenAgainRunsOnce(Chunks chunks) throws Exception {
    CompiledCode code = chunks.compiler().compile(ModuleParser.parse(BINARY));
    Freezer freezer = chunks.compiler().freezer(code, BINARY);
    int[] runs = new int[2];
    for (int time = 0; time < 2; time++) {
      int now = time;
      freezer.freeze(
          MemoryLimiter.UNLIMITED,
          (builder, point) -> {
            runs[now]++;
            builder
                .withImportValues(new FreezingGuest(25, point).imports())
                .build()
                .export("run")
                .apply(12);
          });
    }
    assertThat(runs).containsExactly(2, 1);
  }
}
