package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a frozen program has when it goes on, and what it cannot have. */
@Timeout(120)
class FrozenProgramTest {
  private static final ModuleCache CACHE = new ModuleCache();
  private static final int ESTALE = 72;

  private static WasmModule module;

  @TempDir Path directory;
  @TempDir Path tmp;
  private final List<FrozenProgram> programs = new ArrayList<>();

  @BeforeAll
  static void load() throws IOException {
    module =
        CACHE.load(Guests.path("frozen"), ModuleUse.usual().toBeFrozen(), PreparedModules.none());
  }

  @AfterAll
  static void close() {
    module.close();
    assertThat(CACHE.size()).isZero();
  }

  @AfterEach
  void thaw() {
    programs.forEach(FrozenProgram::close);
  }

  @Test
  void goesOnWithWhatItHasDone() throws Exception {
    FrozenProgram program = freeze("count", "count");
    assertThat(run(program, "count")).isEqualTo("count 3\n");
    assertThat(program.stackDepth()).isGreaterThan(1);
    assertThat(program.took()).isPositive();
    assertThat(program.since()).isBeforeOrEqualTo(Instant.now());
    assertThat(program.bytes()).isBetween(1000L, 200_000L);
    assertThat(program).hasToString("FrozenProgram[frozen.wasm where it reads its standard input]");
  }

  @Test
  void noRunSeesWhatAnotherOneDid() throws Exception {
    FrozenProgram program = freeze("grow 500000", "count");
    String expected = run(program, "count", "sum");
    assertThat(expected).isEqualTo("count 2\nsum 500000\n");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<String> task =
          () -> {
            String seen = null;
            for (int i = 0; i < 30; i++) {
              seen = run(program, "count", "sum", "spoil", "grow 3000000");
              assertThat(seen).startsWith(expected);
            }
            return seen;
          };
      for (Future<String> each : threads.invokeAll(Collections.nCopies(8, task))) {
        assertThat(each.get()).startsWith(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFileStaysOpenAtItsNumberAndItsPosition() throws Exception {
    Files.writeString(directory.resolve("a"), "0123456789");
    FrozenProgram program = freeze("open /d/a r", "read 4 4");
    for (int i = 0; i < 2; i++) {
      assertThat(run(program, "open /d/a r", "read 4 3", "read 4 100", "close 4", "read 4 1"))
          .isEqualTo("fd 5\n456\n789\nclosed 0\nerrno 8\n");
    }
  }

  @Test
  void numbersThatAreFreeStayFree() throws Exception {
    Files.writeString(directory.resolve("a"), "first");
    Files.writeString(directory.resolve("b"), "second");
    FrozenProgram program =
        freeze("open /d/a r", "open /d/a r", "open /d/b r", "close 5", "move 6 4", "open /d/a r");
    assertThat(run(program, "read 4 9", "read 5 9", "read 6 9", "open /d/b r"))
        .isEqualTo("second\nfirst\nerrno 8\nfd 6\n");
    assertThat(run(program, "move 5 4", "read 4 9", "close 4"))
        .isEqualTo("moved 0\nfirst\nclosed 0\n");
  }

  @Test
  void aFileThatWasWrittenToIsWrittenToAgain() throws Exception {
    FrozenProgram program = freeze("open /d/log a", "write 4 begun;", "open /d/data w");
    assertThat(run(program, "write 4 one;", "write 5 abc")).isEqualTo("written 4\nwritten 3\n");
    assertThat(run(program, "write 4 two;", "read 5 3")).isEqualTo("written 4\nabc\n");
    assertThat(Files.readString(directory.resolve("log"))).endsWith("begun;one;two;");
  }

  @Test
  void aFileThatWasReplacedIsNotTakenForTheOldOne() throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "old");
    FrozenProgram program = freeze("open /d/a r");
    Path replacement = Files.writeString(directory.resolve("b"), "new");
    Files.move(replacement, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(program, "read 4 9", "read 4 9", "close 4", "open /d/a r", "read 4 9"))
        .isEqualTo("errno " + ESTALE + "\nerrno " + ESTALE + "\nclosed 0\nfd 4\nnew\n");
    Files.delete(file);
    assertThat(run(program, "read 4 9")).isEqualTo("errno " + ESTALE + "\n");
  }

  @Test
  void aFileThatIsNotTouchedNeedNotBeThere() throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "old");
    FrozenProgram program = freeze("open /d/a r");
    Files.delete(file);
    assertThat(run(program, "say fine")).isEqualTo("fine\n");
  }

  @Test
  void frozenFilesCountAsOpen() throws Exception {
    Files.writeString(directory.resolve("a"), "");
    FrozenProgram program =
        freeze(c -> c.limits(WasmLimits.DEFAULT.withOpenFiles(6)), "open /d/a r", "open /d/a r");
    assertThat(run(program, "open /d/a r", "close 4", "open /d/a r"))
        .isEqualTo("errno 33\nclosed 0\nfd 4\n");
  }

  @Test
  void aListingGoesOnWhereItWas() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Files.writeString(directory.resolve("n" + i), "");
      names.add("n" + i);
    }
    String all = run(freeze("say x"), "list /d", "list", "list");
    FrozenProgram program = freeze("list /d");
    String rest = run(program, "list", "list");
    assertThat(all).endsWith(rest);
    assertThat(all.lines()).containsAll(names);
    assertThat(rest.lines()).hasSize(6).last().isEqualTo("end");
    assertThat(run(program, "list", "list", "list /d")).startsWith(rest);
  }

  @Test
  void aDeletedFileCannotBeKept() {
    assertThatThrownBy(() -> freeze("open /d/gone w", "unlink /d/gone"))
        .isInstanceOf(NotFrozenException.class)
        .hasMessage(
            module.file()
                + " cannot be frozen: it has /d/gone open, which has been deleted or replaced");
  }

  @Test
  void whatIsInAPrivateDirectoryCannotBeKept() {
    assertThatThrownBy(() -> freeze(this::withTmp, "open /tmp/mine w"))
        .isInstanceOf(NotFrozenException.class)
        .hasMessageEndingWith("it has left /tmp/mine in a directory that each run has anew");
    assertThatThrownBy(() -> freeze(this::withTmp, "open /tmp/mine w", "unlink /tmp/mine"))
        .isInstanceOf(NotFrozenException.class)
        .hasMessageContaining("it has /tmp/mine open");
    assertThatThrownBy(() -> freeze(this::withTmp, "open /tmp/mine w", "close 5"))
        .isInstanceOf(NotFrozenException.class);
  }

  @Test
  void aPrivateDirectoryIsEachRunsOwn() throws Exception {
    FrozenProgram program =
        freeze(this::withTmp, "open /tmp/mine w", "close 5", "unlink /tmp/mine");
    for (int i = 0; i < 2; i++) {
      assertThat(run(program, "stat /tmp/mine", "open /tmp/mine w", "stat /tmp/mine"))
          .isEqualTo("errno 44\nfd 5\nsize 0\n");
    }
  }

  @Test
  void theMonotonicClockGoesOn() throws Exception {
    FrozenProgram program = freeze("clock", "clock");
    for (int i = 0; i < 3; i++) {
      assertThat(run(program, "clock", "clock")).isEqualTo("later\nlater\n");
    }
  }

  @Test
  void timeAndRandomnessAreTheRunsOwn() throws Exception {
    FrozenProgram program = freeze("wall", "random");
    long before = System.currentTimeMillis();
    String first = run(program, "wall", "random");
    String second = run(program, "wall", "random");
    assertThat(Long.parseLong(first.lines().findFirst().orElseThrow().substring(5)))
        .isBetween(before, System.currentTimeMillis());
    assertThat(first.lines().skip(1).toList()).isNotEqualTo(second.lines().skip(1).toList());
  }

  @Test
  void theTimeLimitCountsFromWhereItGoesOn() throws Exception {
    Duration limit = Duration.ofMillis(300);
    FrozenProgram program = freeze(c -> c.limits(WasmLimits.DEFAULT.withTimeout(limit)), "count");
    assertThat(execution(program, "loop").run()).isEqualTo(new Outcome.TimedOut(limit));
    assertThat(run(program, "count")).isEqualTo("count 2\n");
  }

  @Test
  void theOutputLimitCountsFromWhereItGoesOn() throws Exception {
    FrozenProgram program = freeze(c -> c.limits(WasmLimits.DEFAULT.withOutput(8)), "say 1234567");
    assertThat(run(program, "say 1234567")).isEqualTo("1234567\n");
    assertThat(execution(program, "say 12345678").run()).isEqualTo(new Outcome.OutputExceeded(8));
  }

  @Test
  void theMemoryLimitHoldsForWhatItHasAlready() throws Exception {
    FrozenProgram program =
        freeze(c -> c.limits(WasmLimits.DEFAULT.withMemory(2 << 20)), "grow 1000000");
    assertThat(program.initialMemory()).isGreaterThan(1_000_000);
    assertThat(run(program, "grow 1500000")).isEqualTo("grown 0\n");
    assertThat(run(program, "grow 200000")).isEqualTo("grown 1\n");
  }

  @Test
  void itsMemoryCountsAsItsShares() throws Exception {
    MemoryBudget budget = new MemoryBudget(64 << 20);
    try (MemoryShare share = budget.share()) {
      FrozenProgram program =
          ProgramFreezer.of(config(c -> c, "grow 3000000"), FreezeAt.stdin()).share(share).freeze();
      assertThat(program.bytes()).isGreaterThan(3_000_000);
      assertThat(share.reserved()).isEqualTo(program.bytes());
      program.close();
      program.close();
      assertThat(share.reserved()).isZero();
      assertThat(run(program, "sum")).as("still of use").isEqualTo("sum 3000000\n");
    }
  }

  @Test
  void isRefusedWhereThereIsNoMemoryForIt() throws Exception {
    MemoryBudget budget = new MemoryBudget(64 << 20);
    OutputStream othersTakeIt =
        new OutputStream() {
          @Override
          public void write(int b) {
            budget.limit(100);
          }
        };
    try (MemoryShare share = budget.share()) {
      ProgramFreezer freezer =
          ProgramFreezer.of(config(c -> c, "grow 3000000", "write 2 x"), FreezeAt.stdin())
              .share(share)
              .stderr(othersTakeIt);
      assertThatThrownBy(freezer::freeze)
          .isInstanceOf(NotFrozenException.class)
          .hasMessageMatching(".* cannot be frozen: .*(memory|of the 100 that all guests).*");
      assertThat(share.reserved()).isZero();
    }
  }

  @Test
  void outputFromBeforeGoesToNoRunAndIsTold() throws Exception {
    FrozenProgram program = freeze("say early", "say bird");
    assertThat(program.earlyOutputBytes()).isEqualTo(11);
    assertThat(program.earlyOutput()).isEqualTo("early\nbird\n");
    assertThat(run(program, "say late")).isEqualTo("late\n");
    String much = "x".repeat(300);
    assertThat(freeze("say " + much).earlyOutput()).isEqualTo("x".repeat(200));
  }

  @Test
  void aTrapTellsTheFrozenFunctionsToo() throws Exception {
    Outcome.Trap trap = (Outcome.Trap) execution(freeze("count"), "trap").run();
    Outcome.Trap cold =
        (Outcome.Trap) WasmExecution.of(config(c -> c, "count")).stdin(in("trap")).run();
    assertThat(trap.message()).isEqualTo(cold.message());
    assertThat(trap.backtrace()).hasSizeGreaterThan(2).isEqualTo(cold.backtrace());
  }

  @Test
  void endsWithTheGuestsExitCode() throws Exception {
    assertThat(execution(freeze("count"), "exit 7").run()).isEqualTo(new Outcome.Exit(7));
  }

  @Test
  void takesNoEnvironmentOfItsRuns() throws Exception {
    FrozenProgram program = freeze(c -> c.environment("NAME", "größe"), "env NAME");
    assertThat(run(program, "env NAME")).isEqualTo("größe\n");
    assertThat(execution(program, "").environment(Map.of("NAME", "x")).run())
        .isInstanceOfSatisfying(
            Outcome.HostFailed.class,
            failed -> assertThat(failed.cause()).hasMessageContaining("has its environment"));
  }

  @Test
  void goesOnWhereItAcceptsAConnection() throws Exception {
    WasmConfig config = config(WasmConfig.Builder::acceptConnection, "count", "accept", "receive");
    try (FrozenProgram program = ProgramFreezer.of(config, FreezeAt.accept()).freeze()) {
      for (String text : List.of("one", "two")) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Outcome outcome =
            WasmExecution.of(program).connection(in(text), sent).stdin(in("count")).run();
        assertThat(outcome).isEqualTo(new Outcome.Success());
        assertThat(sent).hasToString("accepted 4\n" + text + "count 2\n");
      }
    }
    assertThatThrownBy(() -> ProgramFreezer.of(config(c -> c), FreezeAt.accept()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goesOnInTheMiddleOfAConversation() throws Exception {
    WasmConfig config =
        config(
            WasmConfig.Builder::acceptConnection,
            "accept",
            "receive",
            "open /d/request r",
            "read 5 100",
            "receive");
    FreezeAt at = FreezeAt.opening("/d/request").afterReceiving("before".getBytes(UTF_8));
    try (FrozenProgram program = ProgramFreezer.of(config, at).freeze()) {
      assertThat(program.earlyOutput()).isEqualTo("accepted 4\nbefore");
      for (String text : List.of("one", "two")) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Outcome outcome =
            WasmExecution.of(program)
                .connection(in(text), sent)
                .file("/d/request", ("request " + text).getBytes(UTF_8))
                .run();
        assertThat(outcome).isEqualTo(new Outcome.Success());
        assertThat(sent).hasToString("fd 5\nrequest " + text + "\n" + text);
      }
    }
    assertThatThrownBy(() -> ProgramFreezer.of(config(c -> c), at))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aConnectionIsAcceptedOnce() throws Exception {
    WasmConfig config = config(WasmConfig.Builder::acceptConnection, "accept");
    try (FrozenProgram program = ProgramFreezer.of(config, FreezeAt.stdin()).freeze()) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      assertThat(
              WasmExecution.of(program)
                  .connection(in("one"), sent)
                  .stdin(in("receive", "accept", "say never"))
                  .run())
          .isEqualTo(new Outcome.Success());
      assertThat(sent).hasToString("one");
    }
  }

  @Test
  void aFileOfTheRunsOwnIsReadByItsPathAlone() throws Exception {
    FrozenProgram program = freeze("count");
    Files.writeString(directory.resolve("given"), "on disk");
    assertThat(
            runWith(
                execution -> execution.file("/d/given", "of the run".getBytes(UTF_8)),
                program,
                "open /d/given r",
                "read 4 2",
                "read 4 100",
                "read 4 100",
                "open /d/given w",
                "open /d/given a",
                "stat /d/given",
                "open /d/given/ r",
                "list /d"))
        .isEqualTo("fd 4\nof\n the run\n\nerrno 69\nerrno 69\nsize 7\nerrno 54\n.\n..\ngiven\n");
    assertThat(run(program, "open /d/given r", "read 4 100")).isEqualTo("fd 4\non disk\n");
  }

  @Test
  void goesOnWhereItOpensAPath() throws Exception {
    WasmConfig config = config(c -> c, "count", "open /d/request r", "read 4 100");
    try (FrozenProgram program =
        ProgramFreezer.of(config, FreezeAt.opening("/d/request")).freeze()) {
      assertThat(run(program, "count")).startsWith("errno 44\n").endsWith("count 2\n");
      Files.writeString(directory.resolve("request"), "there");
      assertThat(run(program, "count")).isEqualTo("fd 4\nthere\ncount 2\n");
    }
  }

  @Test
  void aProgramThatEndsBeforeCannotBeFrozen() throws Exception {
    String prefix = module.file() + " cannot be frozen: it ended before it ";
    assertThatThrownBy(() -> freeze("exit 3"))
        .isInstanceOf(NotFrozenException.class)
        .hasMessage(prefix + "reads its standard input: exit code 3");
    assertThatThrownBy(() -> freeze("trap"))
        .isInstanceOf(NotFrozenException.class)
        .hasMessageStartingWith(prefix + "reads its standard input: trap: ")
        .hasCauseInstanceOf(RuntimeException.class);
    assertThatThrownBy(
            () -> ProgramFreezer.of(config(c -> c), FreezeAt.opening("/d/never")).freeze())
        .isInstanceOf(NotFrozenException.class)
        .hasMessage(prefix + "opens /d/never: exit code 0");
  }

  @Test
  void whatTheEnginesOwnCompilerRunsCannotBeFrozen() throws Exception {
    try (WasmModule memories =
        CACHE.load(
            Guests.path("memories"), ModuleUse.usual().toBeFrozen(), PreparedModules.none())) {
      assertThatThrownBy(
              () ->
                  ProgramFreezer.of(WasmConfig.builder(memories).build(), FreezeAt.stdin())
                      .freeze())
          .isInstanceOf(NotFrozenException.class)
          .hasMessageContaining("engine's own compiler");
    }
  }

  @Test
  void anInterruptedThreadGivesUp() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> freeze("count"))
        .isInstanceOf(NotFrozenException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void watchesWhatItHasLookedAt() throws Exception {
    Path opened = Files.writeString(directory.resolve("opened"), "1");
    Path looked = Files.writeString(directory.resolve("looked"), "1");
    Path listed = Files.createDirectory(directory.resolve("listed"));
    Path other = Files.writeString(directory.resolve("other"), "1");
    Path missing = directory.resolve("missing");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("listed/target"));
    Files.writeString(listed.resolve("target"), "1");
    Files.writeString(directory.resolve("own"), "1");
    FrozenProgram program =
        freeze(
            "open /d/opened r",
            "stat /d/looked",
            "list /d/listed",
            "stat /d/missing",
            "stat /d/no/such",
            "stat /d/link",
            "open /d/own w",
            "write 5 x",
            "open /d/made w");
    assertThat(program.watchedFiles()).isGreaterThanOrEqualTo(7);
    assertThat(program.watchesAllFiles()).isTrue();
    assertThat(program.changedFile()).isNull();

    Files.writeString(other, "2");
    Files.writeString(directory.resolve("own"), "changed");
    Files.delete(directory.resolve("made"));
    run(program, "open /d/own w", "open /d/made w");
    assertThat(program.changedFile()).as("nothing that it read").isNull();

    change(
        program,
        opened,
        () -> Files.writeString(opened, "22"),
        () -> Files.writeString(opened, "1"));
    change(program, looked, () -> Files.delete(looked), null);
    Files.writeString(looked, "1");
    FrozenProgram again =
        freeze("stat /d/missing", "list /d/listed", "stat /d/no/such", "stat /d/link");
    change(again, missing, () -> Files.writeString(missing, ""), () -> Files.delete(missing));
    change(
        again,
        directory.resolve("no"),
        () -> Files.createDirectory(directory.resolve("no")),
        () -> Files.delete(directory.resolve("no")));
    change(again, listed, () -> Files.writeString(listed.resolve("new"), ""), null);
    FrozenProgram links = freeze("stat /d/link");
    change(
        links,
        link,
        () -> {
          Files.delete(link);
          Files.createSymbolicLink(link, Path.of("opened"));
        },
        null);
  }

  private interface Change {
    void make() throws IOException;
  }

  private static void change(FrozenProgram program, Path file, Change change, Change undo)
      throws IOException {
    FileTime time = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
    change.make();
    assertThat(program.changedFile()).isEqualTo(file);
    if (undo != null) {
      undo.make();
      if (time != null) {
        Files.setLastModifiedTime(file, time);
      }
      assertThat(program.changedFile()).isNull();
    }
  }

  private FrozenProgram freeze(String... commands) throws IOException, NotFrozenException {
    return freeze(c -> c, commands);
  }

  private FrozenProgram freeze(UnaryOperator<WasmConfig.Builder> more, String... commands)
      throws IOException, NotFrozenException {
    FrozenProgram program = ProgramFreezer.of(config(more, commands), FreezeAt.stdin()).freeze();
    programs.add(program);
    return program;
  }

  private WasmConfig config(UnaryOperator<WasmConfig.Builder> more, String... commands)
      throws IOException {
    WasmConfig.Builder builder = WasmConfig.builder(module).preopen("/d", directory);
    for (String command : commands) {
      builder.argument(command);
    }
    return more.apply(builder).build();
  }

  /** Adds a directory that each run has anew, as descriptor 4. */
  private WasmConfig.Builder withTmp(WasmConfig.Builder config) {
    return config.preopen("/tmp", tmp, Preopen.Access.PRIVATE);
  }

  private static ByteArrayInputStream in(String... commands) {
    return new ByteArrayInputStream(String.join("\n", commands).getBytes(UTF_8));
  }

  private static WasmExecution execution(FrozenProgram program, String... commands) {
    return WasmExecution.of(program).stdin(in(commands));
  }

  private static String run(FrozenProgram program, String... commands) {
    return runWith(execution -> execution, program, commands);
  }

  private static String runWith(
      UnaryOperator<WasmExecution> more, FrozenProgram program, String... commands) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    assertThat(more.apply(execution(program, commands)).stdout(stdout).run())
        .isEqualTo(new Outcome.Success());
    return stdout.toString(UTF_8);
  }
}
