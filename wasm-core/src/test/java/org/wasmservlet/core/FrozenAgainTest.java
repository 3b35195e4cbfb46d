package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A frozen program that goes on and is frozen further on, without what was before. */
@Timeout(120)
class FrozenAgainTest {
  private static final ModuleCache CACHE = new ModuleCache();
  private static final String FIRST = "/d/first";

  private static WasmModule module;

  @TempDir Path directory;
  @TempDir Path cache;
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
  void isAsOneThatWasFrozenOnce() throws Exception {
    Files.writeString(directory.resolve("a"), "0123456789");
    String[] commands = {
      "count",
      "grow 200000",
      "open /d/a r",
      "read 4 2",
      "open /d/first r",
      "read 4 2",
      "count",
      "grow 400000",
    };
    WasmConfig config = config(commands);
    FrozenProgram once = frozen(ProgramFreezer.of(config, FreezeAt.stdin()));
    FrozenProgram first = frozen(ProgramFreezer.of(config, FreezeAt.opening(FIRST)));
    FrozenProgram again = frozen(ProgramFreezer.of(config, FreezeAt.stdin()).from(first));
    first.close();
    String[] rest = {"read 4 3", "count", "sum", "open /d/a r"};
    for (int i = 0; i < 2; i++) {
      assertThat(run(again, rest)).isEqualTo(run(once, rest)).startsWith("456\n");
    }
    assertThat(again.bytes()).isEqualTo(once.bytes());
    assertThat(again.stackDepth()).isEqualTo(once.stackDepth());
    assertThat(again.initialMemory()).isEqualTo(once.initialMemory());
  }

  @Test
  void whatChangesInBetweenIsSeen() throws Exception {
    Path file = directory.resolve("application");
    Files.writeString(file, "old");
    WasmConfig config = config("count", "open /d/first r", "open /d/application r", "read 4 9");
    FrozenProgram first = frozen(ProgramFreezer.of(config, FreezeAt.opening(FIRST)));
    FrozenProgram old = frozen(ProgramFreezer.of(config, FreezeAt.stdin()).from(first));
    assertThat(old.earlyOutput()).contains("old");
    Files.writeString(file, "newer");
    assertThat(first.changedFile()).isNull();
    assertThat(old.changedFile()).isEqualTo(file);
    FrozenProgram now = frozen(ProgramFreezer.of(config, FreezeAt.stdin()).from(first));
    assertThat(now.earlyOutput()).contains("newer").doesNotContain("old");
    assertThat(now.changedFile()).isNull();
  }

  @Test
  void watchesWhatItLookedAtBeforeToo() throws Exception {
    Path before = Files.writeString(directory.resolve("before"), "1");
    Path written = Files.writeString(directory.resolve("written"), "1");
    Path listed = Files.createDirectory(directory.resolve("listed"));
    Path after = Files.writeString(directory.resolve("after"), "1");
    WasmConfig config =
        config(
            "stat /d/before",
            "stat /d/written",
            "list /d/listed",
            "stat " + FIRST,
            "open /d/first r",
            "stat /d/after",
            "open /d/written w",
            "open /d/listed/made w");
    FrozenProgram first = frozen(ProgramFreezer.of(config, FreezeAt.opening(FIRST)));
    FrozenProgram again = frozen(ProgramFreezer.of(config, FreezeAt.stdin()).from(first));
    assertThat(again.changedFile()).isNull();
    Files.writeString(written, "by itself");
    Files.delete(listed.resolve("made"));
    assertThat(again.changedFile()).as("what it has changed itself").isNull();
    Files.writeString(after, "22");
    assertThat(again.changedFile()).isEqualTo(after);
    assertThat(first.changedFile()).as("before the first place").isIn(written, listed);
    Files.delete(before);
    assertThat(frozen(ProgramFreezer.of(config, FreezeAt.stdin()).from(first)).changedFile())
        .isEqualTo(before);
  }

  @Test
  void tellsAllOutputThatNobodyGets() throws Exception {
    WasmConfig config = config("say early", "open /d/first r", "say bird");
    FrozenProgram first = frozen(ProgramFreezer.of(config, FreezeAt.opening(FIRST)));
    FrozenProgram again = frozen(ProgramFreezer.of(config, FreezeAt.stdin()).from(first));
    assertThat(again.earlyOutput()).isEqualTo("early\nerrno 44\nbird\n");
    assertThat(again.earlyOutputBytes()).isEqualTo(again.earlyOutput().length());
    assertThat(run(again, "say late")).isEqualTo("late\n");
  }

  @Test
  void goesOnFromOneThatWasKept() throws Exception {
    FrozenPrograms kept = FrozenPrograms.in(cache, 1 << 28);
    WasmConfig config = config("count", "open /d/first r", "count");
    FreezeAt place = FreezeAt.opening(FIRST);
    try (FrozenProgram first = ProgramFreezer.of(config, place).freeze()) {
      kept.keep(first);
    }
    FrozenProgram found = kept.find(config, place, MemoryBudget.shared().rest()).orElseThrow();
    programs.add(found);
    FrozenProgram again = frozen(ProgramFreezer.of(config, FreezeAt.stdin()).from(found));
    assertThat(run(again, "count")).isEqualTo("count 3\n");
    kept.keep(again);
    again.close();
    FrozenProgram both =
        kept.find(config, FreezeAt.stdin(), MemoryBudget.shared().rest()).orElseThrow();
    programs.add(both);
    assertThat(run(both, "count")).isEqualTo("count 3\n");
  }

  @Test
  void aProgramThatEndsInBetweenSaysHow() throws Exception {
    WasmConfig config = config("open /d/first r", "exit 3");
    FrozenProgram first = frozen(ProgramFreezer.of(config, FreezeAt.opening(FIRST)));
    assertThatThrownBy(() -> ProgramFreezer.of(config, FreezeAt.stdin()).from(first).freeze())
        .isInstanceOf(NotFrozenException.class)
        .hasMessage(
            module.file()
                + " cannot be frozen: it ended before it reads its standard input: exit code 3");
    assertThat(run(first)).as("it can still go on").isEqualTo("errno 44\n");
  }

  @Test
  void oneOfAnotherConfigurationDoesNotGoOn() throws Exception {
    FrozenProgram first =
        frozen(ProgramFreezer.of(config("open /d/first r"), FreezeAt.opening(FIRST)));
    ProgramFreezer other = ProgramFreezer.of(config("open /d/first r"), FreezeAt.stdin());
    assertThatThrownBy(() -> other.from(first)).isInstanceOf(IllegalArgumentException.class);
  }

  private FrozenProgram frozen(ProgramFreezer freezer) throws NotFrozenException {
    FrozenProgram program = freezer.freeze();
    programs.add(program);
    return program;
  }

  private WasmConfig config(String... commands) throws IOException {
    WasmConfig.Builder builder = WasmConfig.builder(module).preopen("/d", directory);
    for (String command : commands) {
      builder.argument(command);
    }
    return builder.build();
  }

  private static String run(FrozenProgram program, String... commands) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = String.join("\n", commands).getBytes(UTF_8);
    WasmExecution.of(program).stdin(new ByteArrayInputStream(in)).stdout(out).run();
    return out.toString(UTF_8);
  }
}
