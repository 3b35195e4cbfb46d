package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that reaches a limit is stopped there, and the calling thread goes on as it came. */
@Timeout(60)
class WasmLimitsTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final int PAGE = 65536;

  private final ModuleCache cache = new ModuleCache();
  private WasmModule module;

  @AfterEach
  void close() {
    if (module != null) {
      module.close();
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"trap, spin", "sleep, _start", "write-for-ever, _start"})
  void stopsAGuestThatTakesTooLong(String guest, String entryPoint) throws IOException {
    WasmExecution execution =
        execution(guest, entryPoint, WasmLimits.DEFAULT.withTimeout(SHORT).withOutput(1L << 60));
    assertThat(execution.run()).isEqualTo(new Outcome.TimedOut(SHORT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br_if", "br_table", "br"})
  void stopsAnInterpretedLoop(String entryPoint) throws IOException {
    WasmExecution execution =
        execution("interpreted", entryPoint, WasmLimits.DEFAULT.withTimeout(SHORT));
    assertThat(module.interpretedFunctionCount()).isEqualTo(1);
    assertThat(execution.run()).isEqualTo(new Outcome.TimedOut(SHORT));
  }

  /** The best of a few tries: a busy machine makes one late, a watchdog that is late makes all. */
  @ParameterizedTest
  @CsvSource({
    "trap, spin",
    "interpreted, br",
    "sleep, _start",
    "write-for-ever, _start",
    "echo, _start",
  })
  void stopsAGuestWithin100MillisecondsOfItsTime(String guest, String entryPoint)
      throws IOException {
    WasmLimits limits = WasmLimits.DEFAULT.withTimeout(SHORT).withOutput(1L << 60);
    Duration best = Duration.ofDays(1);
    for (int tries = 0; tries < 10 && best.compareTo(SHORT.plusMillis(100)) >= 0; tries++) {
      WasmExecution execution = execution(guest, entryPoint, limits);
      long start = System.nanoTime();
      Outcome outcome = execution.stdin(new SilentInput()).run();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(outcome).isEqualTo(new Outcome.TimedOut(SHORT));
      best = took.compareTo(best) < 0 ? took : best;
    }
    assertThat(best).isBetween(SHORT, SHORT.plusMillis(100));
  }

  @ParameterizedTest
  @CsvSource({"trap, spin", "trap, unreachable", "deep, _start", "exit, exit_3", "hello, _start"})
  void handsTheThreadBackAsItCame(String guest, String entryPoint) throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    String name = Thread.currentThread().getName();
    execution(guest, entryPoint, WasmLimits.DEFAULT.withTimeout(SHORT)).run();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(loader);
    assertThat(Thread.currentThread().getName()).isEqualTo(name);
  }

  @Test
  void keepsAnInterruptionThatIsNotItsOwn() throws IOException {
    WasmExecution execution = execution("hello", "_start", WasmLimits.DEFAULT);
    Thread.currentThread().interrupt();
    execution.run();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void stopsAGuestWhoseInputDoesNotCome() throws IOException {
    WasmExecution execution =
        execution("echo", "_start", WasmLimits.DEFAULT.withTimeout(SHORT)).stdin(new SilentInput());
    assertThat(execution.run()).isEqualTo(new Outcome.TimedOut(SHORT));
  }

  @Test
  void letsAGuestThatIsInTimeEndAsItWould() throws IOException {
    WasmLimits limits = WasmLimits.DEFAULT.withTimeout(Duration.ofDays(1));
    assertThat(execution("trap", "unreachable", limits).run()).isInstanceOf(Outcome.Trap.class);
    assertThat(execution("exit", "exit_3", limits).run()).isInstanceOf(Outcome.Exit.class);
  }

  @Test
  void leavesNoThreadWhenTheLastModuleIsClosed() throws IOException {
    execution("hello", "_start", WasmLimits.DEFAULT).run();
    assertThat(threads()).anyMatch(thread -> thread.getName().equals("wasm-watchdog"));
    module.close();
    assertThat(threads()).noneMatch(thread -> thread.getName().equals("wasm-watchdog"));
  }

  @Test
  void stopsALateGuestWhoseModuleIsClosed() throws IOException {
    WasmExecution execution = execution("trap", "spin", WasmLimits.DEFAULT.withTimeout(SHORT));
    module.close();
    assertThat(execution.run()).isEqualTo(new Outcome.TimedOut(SHORT));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 100})
  void refusesToGrowMemoryPastTheLimit(int pages) throws IOException {
    WasmLimits limits = WasmLimits.DEFAULT.withMemory((long) pages * PAGE + PAGE - 1);
    assertThat(execution("grow", "_start", limits).run()).isEqualTo(new Outcome.Exit(pages));
  }

  @Test
  void refusesAModuleThatStartsAboveTheLimit() {
    assertThatThrownBy(() -> execution("grow", "_start", WasmLimits.DEFAULT.withMemory(PAGE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "grow.wasm starts with 131072 bytes of memory, and the limit is 65536");
  }

  @Test
  void passesOnWhatIsWithinTheLimitOfOutputAndStopsTheGuest() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Outcome outcome =
        execution("write-for-ever", "_start", WasmLimits.DEFAULT.withOutput(5)).stdout(out).run();
    assertThat(outcome).isEqualTo(new Outcome.OutputExceeded(5));
    assertThat(out.toString()).isEqualTo("xxxxx");
  }

  @Test
  void allowsOutputOfExactlyTheLimit() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    execution("hello", "_start", WasmLimits.DEFAULT).stdout(all).run();
    ByteArrayOutputStream limited = new ByteArrayOutputStream();
    WasmLimits limits = WasmLimits.DEFAULT.withOutput(all.size());
    assertThat(execution("hello", "_start", limits).stdout(limited).run())
        .isEqualTo(new Outcome.Success());
    assertThat(limited.toByteArray()).isEqualTo(all.toByteArray());
  }

  @Test
  void trapsWhenTheStackEndsAndRunsOnAsMuchStackAsIsWanted() throws IOException {
    assertThat(execution("deep", "_start", WasmLimits.DEFAULT.withStack(256 << 10)).run())
        .isInstanceOfSatisfying(
            Outcome.Trap.class,
            trap -> assertThat(trap.message()).isEqualTo("call stack exhausted"));
    assertThat(execution("deep", "_start", WasmLimits.DEFAULT.withStack(256 << 20)).run())
        .isEqualTo(new Outcome.Success());
  }

  @Test
  void stopsALateGuestThatHasAStackOfItsOwn() throws IOException {
    WasmLimits limits = WasmLimits.DEFAULT.withTimeout(SHORT).withStack(1 << 20);
    assertThat(execution("trap", "spin", limits).run()).isEqualTo(new Outcome.TimedOut(SHORT));
  }

  @Test
  void passesAnInterruptionOnToAGuestThatHasAStackOfItsOwn() throws IOException {
    WasmExecution execution = execution("trap", "spin", WasmLimits.DEFAULT.withStack(1 << 20));
    Thread.currentThread().interrupt();
    assertThat(execution.run()).isEqualTo(new Outcome.Interrupted());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesLimitsThatCannotBeMeant() {
    assertThatThrownBy(() -> WasmLimits.DEFAULT.withTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WasmLimits.DEFAULT.withMemory(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WasmLimits.DEFAULT.withOutput(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WasmLimits.DEFAULT.withStack(1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a stack has from 256KB to 1GB");
    assertThatThrownBy(() -> WasmLimits.DEFAULT.withOpenFiles(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be from 3, which are the standard streams, to 65536");
    assertThatThrownBy(() -> WasmLimits.DEFAULT.withWritten(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private WasmExecution execution(String guest, String entryPoint, WasmLimits limits)
      throws IOException {
    if (module != null) {
      module.close();
    }
    module = cache.load(Guests.path(guest));
    return WasmExecution.of(
        WasmConfig.builder(module).entryPoint(entryPoint).limits(limits).build());
  }

  private static java.util.Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }
}
