package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An instance does something in between at its next loop or call, and goes on. */
class PauseTest {
  private static final List<String> ENDLESS =
      List.of(
          "br",
          "br_if",
          "br_table 0",
          "nested",
          "counted",
          "return_call 0",
          "return_call_indirect 0",
          "recurse",
          "recurse_indirectly",
          "fill",
          "copy",
          "tables");

  private static final Map<Chunks, CompiledCode> CODE =
      Arrays.stream(Chunks.values())
          .collect(Collectors.toMap(c -> c, c -> c.compiler().compile(Guests.module("spin"))));

  static Stream<Arguments> endless() {
    return CODE.keySet().stream().flatMap(c -> ENDLESS.stream().map(f -> Arguments.of(c, f)));
  }

  /** On the instance's own thread, again and again, and an interruption ends it as ever. */
  @ParameterizedTest
  @MethodSource("endless")
  void whatNeverEndsPausesAndGoesOn(Chunks chunks, String line) throws Exception {
    String[] words = line.split(" ");
    CountDownLatch running = new CountDownLatch(1);
    Instance instance = instance(chunks, running::countDown);
    FutureTask<long[]> run =
        new FutureTask<>(() -> instance.export(words[0]).apply(new long[words.length - 1]));
    Thread thread = new Thread(run, "runs " + line);
    thread.setDaemon(true);
    thread.start();
    running.await();
    for (int i = 0; i < 20; i++) {
      AtomicReference<Thread> by = new AtomicReference<>();
      CountDownLatch done = new CountDownLatch(1);
      machine(instance)
          .pause(
              () -> {
                by.set(Thread.currentThread());
                done.countDown();
              });
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(by).hasValue(thread);
    }
    assertThat(run.isDone()).isFalse();
    machine(instance).interrupt();
    assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(ChicoryInterruptedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aPauseChangesNothing(Chunks chunks) {
    for (String function : List.of("one_fill", "one_copy", "one_table_fill", "one_table_copy")) {
      Instance undisturbed = instance(chunks, () -> {});
      undisturbed.export(function).apply();
      AtomicInteger pauses = new AtomicInteger();
      Instance[] paused = new Instance[1];
      paused[0] =
          instance(
              chunks,
              () -> {
                // However often it is asked for, it is done once.
                machine(paused[0]).pause(pauses::incrementAndGet);
                machine(paused[0]).pause(pauses::incrementAndGet);
              });
      paused[0].export(function).apply();
      assertThat(pauses).as(function).hasValue(1);
      assertThat(paused[0].memory().readBytes(0, 1 << 17))
          .as(function)
          .isEqualTo(undisturbed.memory().readBytes(0, 1 << 17));
      assertThat(paused[0].export("is_null").apply(9_999))
          .isEqualTo(undisturbed.export("is_null").apply(9_999));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptionIsNotLostInAPause(Chunks chunks) {
    Instance[] instance = new Instance[1];
    instance[0] =
        instance(chunks, () -> machine(instance[0]).pause(() -> machine(instance[0]).interrupt()));
    assertThatThrownBy(() -> instance[0].export("br").apply())
        .isExactlyInstanceOf(ChicoryInterruptedException.class);
    AtomicInteger pauses = new AtomicInteger();
    instance[0] =
        instance(
            chunks,
            () -> {
              machine(instance[0]).interrupt();
              machine(instance[0]).pause(pauses::incrementAndGet);
            });
    assertThatThrownBy(() -> instance[0].export("br").apply())
        .isExactlyInstanceOf(ChicoryInterruptedException.class);
    assertThat(pauses).hasValue(0);
    assertThatThrownBy(() -> instance[0].export("add").apply(1, 2))
        .isExactlyInstanceOf(ChicoryInterruptedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheWorkThrowsEndsTheCall(Chunks chunks) {
    RuntimeException thrown = new IllegalStateException("by the work");
    Instance[] instance = new Instance[1];
    instance[0] =
        instance(
            chunks,
            () ->
                machine(instance[0])
                    .pause(
                        () -> {
                          throw thrown;
                        }));
    assertThatThrownBy(() -> instance[0].export("br").apply()).isSameAs(thrown);
    assertThat(instance[0].export("add").apply(1, 2)).containsExactly(3);
  }

  private static CompiledMachine machine(Instance instance) {
    return (CompiledMachine) instance.getMachine();
  }

  private static Instance instance(Chunks chunks, Runnable running) {
    HostFunction function =
        new HostFunction(
            "host",
            "running",
            FunctionType.empty(),
            (caller, arguments) -> {
              running.run();
              return null;
            });
    return CODE.get(chunks)
        .builder()
        .withImportValues(ImportValues.builder().addFunction(function).build())
        .build();
  }
}
