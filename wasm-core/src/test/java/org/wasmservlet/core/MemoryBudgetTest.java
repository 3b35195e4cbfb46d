package org.wasmservlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all guests together may have, and that each gives back what it had. */
@Timeout(60)
class MemoryBudgetTest {
  private static final int PAGE = 65536;
  private static final Duration SHORT = Duration.ofMillis(50);

  private MemoryBudget budget;

  @AfterEach
  void isGivenBackWhole() {
    if (budget != null) {
      assertThat(budget.reserved()).isZero();
    }
  }

  @Test
  void isHalfOfTheHeapWhereNothingElseIsSaid() {
    assertThat(MemoryBudget.shared().limit()).isEqualTo(Runtime.getRuntime().maxMemory() / 2);
    assertThatThrownBy(() -> new MemoryBudget(0).limit(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grow", "memories"})
  void letsMemoryGrowToWhatThereIs(String guest) throws IOException {
    budget = new MemoryBudget(10 * PAGE + 1);
    assertThat(run(guest, "_start", WasmLimits.DEFAULT))
        .isEqualTo(new Outcome.Refused(10 * PAGE + 1, new Outcome.Exit(10)));
    assertThat(budget.reserved()).isZero();
    budget.rest().reserve(5 * PAGE);
    assertThat(run(guest, "_start", WasmLimits.DEFAULT))
        .isEqualTo(new Outcome.Refused(10 * PAGE + 1, new Outcome.Exit(5)));
    budget.rest().release(5 * PAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grow", "memories"})
  void refusesARunForWhoseBeginningThereIsTooLittle(String guest) throws IOException {
    budget = new MemoryBudget(2 * PAGE - 1);
    assertThat(run(guest, "_start", WasmLimits.DEFAULT))
        .isEqualTo(new Outcome.Refused(2 * PAGE - 1));
  }

  @Test
  void countsTheElementsOfTables() throws IOException {
    budget = new MemoryBudget(PAGE + 5 * 12_000 + 11_999);
    assertThat(run("tables", "_start", WasmLimits.DEFAULT))
        .isEqualTo(new Outcome.Refused(budget.limit(), new Outcome.Exit(5)));
    budget.limit(1L << 40);
    // A table counts as memory for the run's own limit too.
    assertThat(run("tables", "_start", WasmLimits.DEFAULT.withMemory(PAGE + 7 * 12_000)))
        .isEqualTo(new Outcome.Exit(7));
  }

  @Test
  void countsAllMemoriesOfARunTogether() throws IOException {
    budget = new MemoryBudget(1L << 40);
    assertThat(run("memories", "_start", WasmLimits.DEFAULT.withMemory(9 * PAGE)))
        .isEqualTo(new Outcome.Exit(9));
  }

  @ParameterizedTest
  @CsvSource({"trap, unreachable", "exit, exit_3", "trap, spin", "deep, _start"})
  void isGivenBackHoweverARunEnds(String guest, String entryPoint) throws IOException {
    budget = new MemoryBudget(1L << 40);
    run(guest, entryPoint, WasmLimits.DEFAULT.withTimeout(SHORT));
    run(guest, entryPoint, WasmLimits.DEFAULT.withStack(256 << 10).withTimeout(SHORT));
  }

  @Test
  void letsNoModuleBeDeployedThatBeginsWithMore() throws IOException {
    assertThatThrownBy(
            () -> run("large-table", "_start", WasmLimits.DEFAULT.withMemory(100_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("large-table.wasm starts with 108065536 bytes of memory");
    long before = MemoryBudget.shared().limit();
    MemoryBudget.shared().limit(100_000_000);
    try {
      assertThatThrownBy(() -> run("large-table", "_start", WasmLimits.DEFAULT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("and all guests together may have 100000000");
    } finally {
      MemoryBudget.shared().limit(before);
    }
  }

  @Test
  void answersTheGuestWhenTheHeapIsFull(@TempDir Path temporary) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            ManagementFactory.getRuntimeMXBean().getClassPath(),
            HeapExhaustion.class.getName());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(temporary.resolve("log")).hasContent(HeapExhaustion.HEALTHY);
  }

  private Outcome run(String guest, String entryPoint, WasmLimits limits) throws IOException {
    try (WasmModule module = new ModuleCache().load(Guests.path(guest))) {
      return WasmExecution.of(
              WasmConfig.builder(module).entryPoint(entryPoint).limits(limits).build())
          .share(budget.rest())
          .run();
    }
  }
}
