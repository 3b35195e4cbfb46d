package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WasmExecutionTest {
  private static final ModuleCache CACHE = new ModuleCache();
  private static final List<WasmModule> MODULES = new ArrayList<>();

  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

  @AfterAll
  static void close() {
    MODULES.forEach(WasmModule::close);
    assertThat(CACHE.size()).isZero();
  }

  @Test
  void succeedsWhenTheEntryPointReturns() throws IOException {
    assertThat(execution("hello").stdout(stdout).run()).isEqualTo(new Outcome.Success());
    assertThat(stdout).hasToString("hello\n");
  }

  @Test
  void callsTheConfiguredEntryPoint() throws IOException {
    execution("hello", "other").stdout(stdout).run();
    assertThat(stdout).hasToString("hello\nhello\n");
  }

  @Test
  void tellsWhatTheRunTook() throws IOException {
    WasmExecution execution = execution("memory");
    assertThat(execution.instantiationNanos()).isZero();
    assertThat(execution.guestNanos()).isZero();
    assertThat(execution.peakMemory()).isZero();
    long start = System.nanoTime();
    execution.run();
    long all = System.nanoTime() - start;
    assertThat(execution.instantiationNanos()).isPositive();
    assertThat(execution.guestNanos()).isPositive();
    assertThat(execution.instantiationNanos() + execution.guestNanos()).isLessThanOrEqualTo(all);
    // It begins with a page and grows by one.
    assertThat(execution.peakMemory()).isEqualTo(2 * 65536);
  }

  @Test
  void initialisesAReactorFirst() throws IOException {
    assertThat(execution("reactor", "serve").run()).isEqualTo(new Outcome.Success());
  }

  @Test
  void takesExitCodeZeroForSuccess() throws IOException {
    assertThat(execution("exit").run()).isEqualTo(new Outcome.Success());
  }

  @ParameterizedTest
  @CsvSource({"exit_3, 3", "exit_max, -1"})
  void tellsTheExitCode(String entryPoint, int code) throws IOException {
    assertThat(execution("exit", entryPoint).run()).isEqualTo(new Outcome.Exit(code));
  }

  @Test
  void tellsATrapWithTheNamesOfTheFunctionsOnTheStack() throws IOException {
    Outcome.Trap trap = (Outcome.Trap) execution("trap").run();
    assertThat(trap.message()).contains("integer divide by zero");
    assertThat(trap.backtrace())
        .hasSize(3)
        .startsWith("divide (func[0])", "average (func[1])")
        .last()
        .isEqualTo("func[2]");
  }

  @ParameterizedTest
  @CsvSource({
    "out_of_bounds, out of bounds memory access",
    "unreachable, unreachable",
    "undefined_element, undefined element",
    "exhaust_stack, call stack exhausted"
  })
  void tellsWhichTrapItWas(String entryPoint, String message) throws IOException {
    Outcome.Trap trap = (Outcome.Trap) execution("trap", entryPoint).run();
    assertThat(trap.message()).contains(message);
    assertThat(trap.backtrace()).isNotEmpty().hasSizeLessThanOrEqualTo(65);
  }

  @Test
  void tellsATrapInTheStartSection() throws IOException {
    Outcome.Trap trap = (Outcome.Trap) execution("start-section").run();
    assertThat(trap.message()).contains("unreachable");
    assertThat(trap.backtrace()).contains("boom (func[0])");
  }

  @Test
  void givesTheGuestItsArgumentsAndEnvironment() throws IOException {
    WasmConfig config =
        WasmConfig.builder(load("environment"))
            .argument("two words")
            .argument("")
            .argument("größer")
            .environment("ROUTE", "größe")
            .environment("BOTH", "of the route")
            .build();
    Map<String, String> perRequest = new LinkedHashMap<>();
    // Each character is a byte.
    perRequest.put("REQUEST", "q=\u00c3\u00bc");
    perRequest.put("BOTH", "of the request");
    WasmExecution.of(config).environment(perRequest).stdout(stdout).run();
    assertThat(stdout.toString(UTF_8).split("\0", -1))
        .containsExactly(
            "environment.wasm",
            "two words",
            "",
            "größer",
            "REQUEST=q=ü",
            "BOTH=of the route",
            "ROUTE=größe",
            "");
  }

  @Test
  void copiesStreamsAsTheGuestReadsAndWrites() throws IOException {
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    execution("echo").stdin(bytes("0123456789abc")).stdout(stdout).stderr(stderr).run();
    assertThat(stdout).hasToString("0123456789abc");
    assertThat(stderr).hasToString("!!!");
  }

  @Test
  void readsNoMoreThanTheGuestAsksFor() throws IOException {
    InputStream in = bytes("not for this guest");
    execution("hello").stdin(in).run();
    assertThat(in.available()).isEqualTo(18);
  }

  @Test
  void stopsAGuestWhoseOutputFailsThoughItIgnoresErrors() throws IOException {
    IOException gone = new IOException("client gone");
    OutputStream failing =
        new OutputStream() {
          private int left = 10;

          @Override
          public void write(int b) throws IOException {
            if (left-- == 0) {
              throw gone;
            }
          }
        };
    assertThat(execution("write-for-ever").stdout(failing).run())
        .isEqualTo(new Outcome.StreamFailed(StandardStream.STDOUT, gone));
  }

  @Test
  void stopsAGuestWhoseInputFails() throws IOException {
    IOException cut = new IOException("cut off");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw cut;
          }
        };
    assertThat(execution("echo").stdin(failing).run())
        .isEqualTo(new Outcome.StreamFailed(StandardStream.STDIN, cut));
  }

  @Test
  void doesNotStopAGuestWhoseDiagnosticsFail() throws IOException {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }
        };
    assertThat(execution("echo").stdin(bytes("x")).stdout(stdout).stderr(failing).run())
        .isEqualTo(new Outcome.Success());
    assertThat(stdout).hasToString("x");
  }

  @Test
  void flushesWhatWasWrittenBeforeTheGuestWaits() throws IOException {
    List<String> events = new ArrayList<>();
    assertThat(execution("poll").stdout(recording(events)).run()).isEqualTo(new Outcome.Success());
    assertThat(events).containsExactly("a", "flush", "b");
  }

  @Test
  void flushesWhatWasWrittenBeforeItReadsAndNeverTwice() throws IOException {
    List<String> events = new ArrayList<>();
    execution("echo").stdin(bytes("0123456")).stdout(recording(events)).run();
    assertThat(events).containsExactly("01234", "flush", "56", "flush");
  }

  @Test
  void stopsASpinningGuestWhenItsThreadIsInterrupted() throws Exception {
    WasmExecution execution = execution("trap", "spin");
    CountDownLatch running = new CountDownLatch(1);
    FutureTask<Boolean> run =
        new FutureTask<>(
            () -> {
              running.countDown();
              return execution.run() instanceof Outcome.Interrupted
                  && Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(run);
    thread.start();
    running.await();
    thread.interrupt();
    assertThat(run.get()).isTrue();
  }

  @Test
  void stopsASleepingGuestWhenItsThreadIsInterrupted() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void flush() {
            written.countDown();
          }
        };
    WasmExecution execution = execution("sleep").stdout(out);
    FutureTask<Boolean> run =
        new FutureTask<>(
            () ->
                execution.run() instanceof Outcome.Interrupted
                    && Thread.currentThread().isInterrupted());
    Thread thread = new Thread(run);
    thread.start();
    written.await();
    thread.interrupt();
    assertThat(run.get()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "table"})
  void leavesNothingBehindForTheNextRun(String guest) throws IOException {
    assertThat(execution(guest).run()).isEqualTo(new Outcome.Success());
    assertThat(execution(guest).run()).isEqualTo(new Outcome.Success());
  }

  @Test
  void givesUnpredictableRandomNumbers() throws IOException {
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    execution("random").stdout(stdout).run();
    execution("random").stdout(other).run();
    assertThat(stdout.size()).isEqualTo(16);
    assertThat(stdout.toByteArray()).isNotEqualTo(other.toByteArray());
  }

  @Test
  void runsOnAfterTheModuleIsClosed() throws IOException {
    WasmModule module = CACHE.load(Guests.path("echo"));
    WasmConfig config = WasmConfig.builder(module).build();
    module.close();
    assertThat(WasmExecution.of(config).run()).isEqualTo(new Outcome.Success());
  }

  @Test
  void servesTheConnectionThatItAccepts() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    WasmExecution execution = accepting("_start", WasmLimits.DEFAULT);
    assertThat(execution.stdout(stdout).connection(bytes("hello"), sent).run())
        .as("the second accept ends the run")
        .isEqualTo(new Outcome.Success());
    assertThat(sent).hasToString("hello");
    assertThat(stdout).hasToString("log\n");
  }

  @Test
  void limitsWhatAConnectionSends() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    WasmExecution execution = accepting("_start", WasmLimits.DEFAULT.withOutput(4));
    assertThat(execution.connection(bytes("hello"), sent).run())
        .isEqualTo(new Outcome.OutputExceeded(4));
    assertThat(sent).hasToString("hell");
  }

  @Test
  void acceptsAnEmptyConnectionWhereNoneIsGiven() throws IOException {
    assertThat(accepting("_start", WasmLimits.DEFAULT).run()).isEqualTo(new Outcome.Success());
  }

  @Test
  void tellsWhichDirectionOfAConnectionFailed() throws IOException {
    IOException gone = new IOException("gone");
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw gone;
          }
        };
    assertThat(accepting("_start", WasmLimits.DEFAULT).connection(bytes("hello"), out).run())
        .isEqualTo(new Outcome.StreamFailed(StandardStream.STDOUT, gone));
  }

  @Test
  void hasNoSocketUnlessTheConfigurationSaysSo() throws IOException {
    int notASocket = 57;
    assertThat(execution("accept", "listens").run()).isEqualTo(new Outcome.Exit(notASocket));
    WasmExecution execution = execution("accept");
    assertThatThrownBy(() -> execution.connection(bytes(""), stdout))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isUsedOnce() throws IOException {
    WasmExecution execution = execution("hello");
    execution.run();
    assertThatThrownBy(execution::run).isInstanceOf(IllegalStateException.class);
  }

  private static WasmModule load(String guest) throws IOException {
    WasmModule module = CACHE.load(Guests.path(guest));
    MODULES.add(module);
    return module;
  }

  private static WasmExecution execution(String guest) throws IOException {
    return execution(guest, "_start");
  }

  private static WasmExecution execution(String guest, String entryPoint) throws IOException {
    return WasmExecution.of(WasmConfig.builder(load(guest)).entryPoint(entryPoint).build());
  }

  private static WasmExecution accepting(String entryPoint, WasmLimits limits) throws IOException {
    return WasmExecution.of(
        WasmConfig.builder(load("accept"))
            .acceptConnection()
            .entryPoint(entryPoint)
            .limits(limits)
            .build());
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static OutputStream recording(List<String> events) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        events.add(String.valueOf((char) b));
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        events.add(new String(bytes, offset, length, UTF_8));
      }

      @Override
      public void flush() {
        events.add("flush");
      }
    };
  }
}
