package org.wasmservlet.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.admission.AdmissionFactory;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.FrozenPrograms;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.ModuleVersion;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmModule;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.freeze.FreezePlan;
import org.wasmservlet.freeze.Freezing;
import org.wasmservlet.freeze.ScriptPlan;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.measure.RouteModule.State;
import org.wasmservlet.preopen.GivenDirectories;

/** Whoever asks gets a whole module: the first when it is there, a newer one when that is. */
@Timeout(60)
class LiveProgramTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ModuleCache cache = new ModuleCache();
  private final AtomicLong nanoTime = new AtomicLong();
  private final List<Program> warmedUp = new ArrayList<>();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void copyGuest() throws IOException {
    file = directory.resolve("program.wasm");
    replaceBy("hello");
  }

  @Test
  void isThereWhenItHasStarted() throws Exception {
    try (LiveProgram program = program()) {
      program.start(Preload.ON, warmedUp::add);
      assertThat(program.state()).isEqualTo(State.READY);
      assertThat(run(program.get(Duration.ZERO, 0))).isEqualTo("hello\n");
      assertThat(warmedUp).hasSize(1);
    }
    assertThat(cache.size()).isZero();
  }

  @Test
  void isWaitedForWhileItIsBeingLoaded() throws Exception {
    CountDownLatch mayLoad = new CountDownLatch(1);
    try (LiveProgram program = program()) {
      program.start(Preload.BACKGROUND, config -> await(mayLoad));
      assertThat(program.get(Duration.ofMillis(1), 1)).as("not in time").isNull();
      assertThat(program.get(LONG, 0)).as("nobody may wait").isNull();
      assertThat(program.state()).as("not warm yet").isEqualTo(State.LOADING);
      mayLoad.countDown();
      assertThat(run(program.get(LONG, 1))).isEqualTo("hello\n");
      assertThat(program.state()).isEqualTo(State.READY);
    }
  }

  @Test
  void waitsForItsTurnWhereManyAreLoadedInTheBackgroundAndGivesItUpWhenItIsClosed()
      throws Exception {
    AtomicInteger warming = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    CountDownLatch areWarming = new CountDownLatch(LiveProgram.MOST_IN_BACKGROUND);
    CountDownLatch mayLoad = new CountDownLatch(1);
    Consumer<Program> warmUp =
        config -> {
          mostAtOnce.accumulateAndGet(warming.incrementAndGet(), Math::max);
          areWarming.countDown();
          await(mayLoad);
          warming.decrementAndGet();
        };
    List<LiveProgram> programs = new ArrayList<>();
    for (int i = 0; i < LiveProgram.MOST_IN_BACKGROUND; i++) {
      programs.add(startInBackground(warmUp));
    }
    await(areWarming);
    programs.add(startInBackground(warmUp));
    LiveProgram closed = startInBackground(warmUp);
    assertThat(programs).extracting(LiveProgram::state).containsOnly(State.LOADING);
    closed.close();
    while (closed.state() == State.LOADING) {
      Thread.onSpinWait();
    }
    mayLoad.countDown();
    for (LiveProgram program : programs) {
      assertThat(run(program.get(LONG, 1))).isEqualTo("hello\n");
      program.close();
    }
    assertThat(mostAtOnce.get()).isEqualTo(LiveProgram.MOST_IN_BACKGROUND);
  }

  private LiveProgram startInBackground(Consumer<Program> warmUp) throws DirectiveException {
    LiveProgram program = program();
    program.start(Preload.BACKGROUND, warmUp);
    return program;
  }

  @Test
  void isLoadedForTheFirstWhoAsks() throws Exception {
    try (LiveProgram program = program()) {
      program.start(Preload.OFF, warmedUp::add);
      assertThat(program.state()).isEqualTo(State.NOT_LOADED);
      assertThat(cache.statistics().loads()).isZero();
      assertThat(run(program.get(LONG, 1))).isEqualTo("hello\n");
      assertThat(warmedUp).hasSize(1);
    }
  }

  @Test
  void failsAtOnceOrForEveryoneWhoAsks() throws Exception {
    Files.writeString(file, "no module");
    try (LiveProgram now = program();
        LiveProgram later = program()) {
      assertThatThrownBy(() -> now.start(Preload.ON, warmedUp::add))
          .isInstanceOf(DirectiveException.class);
      later.start(Preload.BACKGROUND, warmedUp::add);
      assertThat(later.get(LONG, 1)).isNull();
      assertThat(later.get(LONG, 1)).isNull();
      assertThat(later.state()).isEqualTo(State.FAILED);
    }
    assertThat(cache.statistics().failures()).as("tried once a minute").isEqualTo(2);
  }

  @Test
  void givesWayToANewerFileWhenThatIsLoadedAndWarm() throws Exception {
    try (LiveProgram program = program()) {
      program.start(Preload.ON, warmedUp::add);
      Program old = program.get(LONG, 1);
      replaceBy("echo");
      assertThat(look(program)).as("seen once").isSameAs(old);
      Program newer = awaitAnother(program, old);
      assertThat(run(newer)).isEmpty();
      assertThat(warmedUp).containsExactly(old, newer);
      assertThat(run(old)).as("a run of the old one").isEqualTo("hello\n");
      assertThat(cache.size()).isEqualTo(1);
    }
  }

  @Test
  void givesWayToAFileThatCameWhileAnotherWasBeingLoaded() throws Exception {
    CountDownLatch isLoading = new CountDownLatch(1);
    CountDownLatch mayLoad = new CountDownLatch(1);
    try (LiveProgram program = program()) {
      program.start(
          Preload.ON,
          config -> {
            warmedUp.add(config);
            if (warmedUp.size() == 2) {
              isLoading.countDown();
              await(mayLoad);
            }
          });
      Program first = program.get(LONG, 1);
      replaceBy("echo");
      look(program);
      look(program);
      await(isLoading);
      replaceBy("environment");
      for (int i = 0; i < 10; i++) {
        assertThat(look(program)).isSameAs(first);
      }
      mayLoad.countDown();
      Program second = awaitAnother(program, first);
      Program third = awaitAnother(program, second);
      assertThat(third.config().module().version()).isEqualTo(ModuleVersion.of(file));
    }
  }

  @Test
  void leavesNothingOfTheOldModule() throws Exception {
    try (LiveProgram program = program()) {
      program.start(Preload.ON, config -> {});
      run(program.get(LONG, 1));
      WeakReference<WasmModule> old = new WeakReference<>(program.get(LONG, 1).config().module());
      replaceBy("echo");
      awaitAnother(program, program.get(LONG, 1));
      while (old.get() != null) {
        System.gc();
      }
    }
  }

  @Test
  void staysAsItIsWhenTheNewFileIsBrokenOrGone() throws Exception {
    try (LiveProgram program = program()) {
      program.start(Preload.ON, warmedUp::add);
      Program old = program.get(LONG, 1);
      Files.writeString(file, "no module");
      while (cache.statistics().failures() == 0) {
        assertThat(look(program)).isSameAs(old);
      }
      for (int i = 0; i < 10; i++) {
        assertThat(look(program)).isSameAs(old);
      }
      assertThat(cache.statistics().failures()).as("once for each version").isEqualTo(1);
      Files.delete(file);
      assertThat(look(program)).isSameAs(old);
      replaceBy("echo");
      assertThat(run(awaitAnother(program, old))).isEmpty();
    }
  }

  @Test
  void looksOnceASecondAtMost() throws Exception {
    try (LiveProgram program = program()) {
      program.start(Preload.ON, warmedUp::add);
      Program old = program.get(LONG, 1);
      replaceBy("echo");
      for (int i = 0; i < 10; i++) {
        nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(99));
        assertThat(program.get(LONG, 1)).isSameAs(old);
      }
      assertThat(cache.statistics().loads()).isEqualTo(1);
    }
  }

  /** Or a request that comes in the moment of a replacement would be refused. */
  @Test
  void whatARequestWasGivenBeginsFrozenAlsoWhenItHasBeenReplaced() throws Exception {
    replaceBy("echo");
    try (LiveProgram program = program()) {
      program.freeze(freezing(true));
      program.start(Preload.ON, warmedUp::add);
      Program old = program.get(LONG, 1);
      replaceBy("echo");
      awaitAnother(program, old);
      Program.Run run = old.begin(null);
      assertThat(run).isNotNull();
      assertThat(run.from()).isEqualTo(Program.From.WHERE_IT_ASKS);
      ByteArrayOutputStream stdout = new ByteArrayOutputStream();
      run.execution().stdin(new ByteArrayInputStream("x".getBytes(UTF_8))).stdout(stdout).run();
      assertThat(stdout.toString(UTF_8)).isEqualTo("x");
    }
  }

  @Test
  void nothingOfAFrozenProgramIsHeldWhenItIsClosed() throws Exception {
    replaceBy("echo");
    long before = MemoryBudget.shared().reserved();
    for (FreezeAt onTheWay : new FreezeAt[] {null, FreezeAt.stdin()}) {
      try (LiveProgram program = program()) {
        program.freeze(freezing(new FreezePlan(FreezeAt.stdin(), onTheWay, true, false)));
        program.start(Preload.ON, warmedUp::add);
        assertThat(program.get(LONG, 1).begin(null)).isNotNull();
        assertThat(MemoryBudget.shared().reserved()).isGreaterThan(before);
      }
      assertThat(MemoryBudget.shared().reserved()).isEqualTo(before);
    }
  }

  private static Freezing freezing(boolean refusesCold) throws Exception {
    return freezing(new FreezePlan(FreezeAt.stdin(), null, refusesCold, false));
  }

  private static Freezing freezing(FreezePlan plan) throws Exception {
    return new Freezing(
        new RouteOwner(false, "test", null, Map.of()),
        plan,
        ScriptPlan.NONE,
        new AdmissionFactory(Directives.read(Map.of()), null).create(),
        FrozenPrograms.none(),
        MemoryBudget.shared().share(),
        GivenDirectories.register("test", List.of()),
        OutputStream::nullOutputStream);
  }

  private LiveProgram program() {
    RouteOwner owner = new RouteOwner(false, "test", null, Map.of());
    return new LiveProgram(
        owner, file.toString(), this::load, new ModuleWatch(file, nanoTime::get));
  }

  private WasmConfig load() throws DirectiveException {
    try {
      return WasmConfig.builder(cache.load(file)).build();
    } catch (IOException e) {
      throw new DirectiveException("WasmModule", file.toString(), e.getMessage(), e);
    }
  }

  private Program look(LiveProgram program) {
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
    return program.get(LONG, 1);
  }

  private Program awaitAnother(LiveProgram program, Program old) {
    Program current = old;
    while (current == old) {
      current = look(program);
    }
    return current;
  }

  private void replaceBy(String guest) throws IOException {
    Path copy = directory.resolve("copy");
    Files.copy(Path.of("../wasm-core/src/test/resources/guests/" + guest + ".wasm"), copy);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String run(Program program) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    program.begin(null).execution().stdout(stdout).run();
    return stdout.toString(UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
