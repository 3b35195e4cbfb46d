package org.wasmservlet.compiler;

import static com.dylibso.chicory.wasm.types.Value.REF_NULL_VALUE;
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
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One instance stops at its next loop or call, and no other. */
class InterruptionTest {
  /** Functions that never return, with their arguments. */
  private static final Map<String, long[]> ENDLESS =
      Stream.of(
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
              "tables")
          .map(line -> line.split(" "))
          .collect(Collectors.toMap(words -> words[0], words -> new long[words.length - 1]));

  private static final Map<Chunks, CompiledCode> CODE =
      Arrays.stream(Chunks.values())
          .collect(Collectors.toMap(c -> c, c -> c.compiler().compile(Guests.module("spin"))));

  static Stream<Arguments> endless() {
    return CODE.keySet().stream()
        .flatMap(c -> ENDLESS.keySet().stream().map(name -> Arguments.of(c, name)));
  }

  /** Also once HotSpot has compiled the loop: this one has run for some time. */
  @ParameterizedTest
  @MethodSource("endless")
  void stopsWhatNeverEnds(Chunks chunks, String function) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Instance instance = instance(chunks, running::countDown);
    Instance other = instance(chunks, () -> {});
    FutureTask<long[]> run =
        new FutureTask<>(() -> instance.export(function).apply(ENDLESS.get(function)));
    Thread thread = new Thread(run, "runs " + function);
    thread.setDaemon(true);
    thread.start();
    running.await();
    assertThatThrownBy(() -> run.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    interrupt(instance);
    assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(ChicoryInterruptedException.class);
    assertThat(other.export("add").apply(1, 2)).containsExactly(3);
    assertThatThrownBy(() -> instance.export("add").apply(1, 2))
        .isExactlyInstanceOf(ChicoryInterruptedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtTheNextTurnOfALoop(Chunks chunks) {
    assertThat(interruptedAtOnce(chunks, "loop_once").memory().readInt(64)).isLessThan(2);
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtTheNextCall(Chunks chunks) {
    assertThat(interruptedAtOnce(chunks, "call_once").memory().readInt(64)).isLessThan(2);
  }

  /** What was written last, had it come to that, is as it was. */
  @ParameterizedTest
  @EnumSource
  void stopsWithinOneInstructionThatTakesLong(Chunks chunks) {
    assertThat(interruptedAtOnce(chunks, "one_fill").memory().read(1 << 26)).isEqualTo((byte) 5);
    assertThat(interruptedAtOnce(chunks, "one_copy").memory().read(1 << 16)).isZero();
    Instance left = instance(chunks, () -> {});
    left.export("one_copy").apply();
    assertThat(left.memory().read(1 << 16)).isEqualTo((byte) 7);
    left.export("one_fill").apply();
    assertThat(left.memory().read(1 << 26)).isEqualTo((byte) 1);
  }

  /** The same of tables: the element that would have been the last one is as it was. */
  @ParameterizedTest
  @EnumSource
  void stopsWithinOneTableInstructionThatTakesLong(Chunks chunks) {
    assertThat(interruptedAtOnce(chunks, "one_table_fill").table(2).ref(9_999))
        .isEqualTo(REF_NULL_VALUE);
    assertThat(interruptedAtOnce(chunks, "one_table_copy").table(2).ref(5_000))
        .isEqualTo(REF_NULL_VALUE);
    Instance left = instance(chunks, () -> {});
    left.export("one_table_copy").apply();
    assertThat(left.export("is_null").apply(5_000)).containsExactly(0);
    assertThat(left.export("is_null").apply(9_999)).containsExactly(1);
    left.export("one_table_fill").apply();
    assertThat(left.export("is_null").apply(9_999)).containsExactly(0);
  }

  @Test
  void fillsAndCopiesAllOfARange() {
    Instance instance = instance(Chunks.USUAL, () -> {});
    Random random = new Random(7);
    byte[] expected = new byte[4 << 20];
    random.nextBytes(expected);
    instance.memory().write(0, expected);
    for (int size : List.of(0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20, 2_500_000)) {
      for (int i = 0; i < 4; i++) {
        int source = random.nextInt(expected.length - size);
        int target = i == 0 ? source : random.nextInt(expected.length - size);
        instance.export("copy_memory").apply(target, source, size);
        System.arraycopy(expected, source, expected, target, size);
        assertThat(instance.memory().readBytes(0, expected.length)).isEqualTo(expected);
      }
      int at = random.nextInt(expected.length - size);
      instance.export("fill_memory").apply(at, size, size);
      Arrays.fill(expected, at, at + size, (byte) size);
      assertThat(instance.memory().readBytes(0, expected.length)).isEqualTo(expected);
    }
  }

  /** The guest is interrupted while it is in the host, so that it is known where it is. */
  private static Instance interruptedAtOnce(Chunks chunks, String function) {
    Instance[] instance = new Instance[1];
    instance[0] = instance(chunks, () -> interrupt(instance[0]));
    assertThatThrownBy(() -> instance[0].export(function).apply())
        .isExactlyInstanceOf(ChicoryInterruptedException.class);
    return instance[0];
  }

  private static void interrupt(Instance instance) {
    ((CompiledMachine) instance.getMachine()).interrupt();
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
