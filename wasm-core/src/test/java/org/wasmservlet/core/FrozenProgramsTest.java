package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A frozen program that was kept goes on after a restart, for which another cache loads the module;
 * and only if all is as it was.
 */
@Timeout(120)
class FrozenProgramsTest {
  private static final int ESTALE = 72;

  @TempDir Path temp;
  @TempDir Path tmp;
  private Path directory;
  private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  @RegisterExtension final RecordedLog log = new RecordedLog("org.wasmservlet.core.FrozenPrograms");

  @BeforeEach
  void begin() throws IOException {
    directory = Files.createDirectory(temp.resolve("größe und\nmehr"));
    folder = temp.resolve("cache");
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void isWhatItWas() throws Exception {
    FrozenProgram kept = keep("count", "say early", "stat /d/x", "grow 500000", "count");
    FrozenProgram found =
        find("count", "say early", "stat /d/x", "grow 500000", "count").orElseThrow();
    assertThat(kept.wasKept()).isFalse();
    assertThat(found.wasKept()).isTrue();
    assertThat(found.config().module()).isNotSameAs(kept.config().module());
    assertThat(found.since()).isEqualTo(kept.since());
    assertThat(found.took()).isEqualTo(kept.took());
    assertThat(found.at()).isEqualTo(kept.at());
    assertThat(found.bytes()).isEqualTo(kept.bytes()).isGreaterThan(500_000);
    assertThat(found.initialMemory()).isEqualTo(kept.initialMemory());
    assertThat(found.stackDepth()).isEqualTo(kept.stackDepth());
    assertThat(found.watchedFiles()).isEqualTo(kept.watchedFiles()).isPositive();
    assertThat(found.watchesAllFiles()).isTrue();
    assertThat(found.changedFile()).isNull();
    assertThat(found.earlyOutput()).isEqualTo(kept.earlyOutput()).contains("early\n");
    assertThat(found.earlyOutputBytes()).isEqualTo(kept.earlyOutputBytes());
    for (int time = 0; time < 2; time++) {
      assertThat(run(found, "count", "sum", "spoil")).startsWith("count 3\nsum 1000000\n");
    }
    assertThat(log.messages()).isEmpty();
  }

  /** Which has another locale, too. */
  @Test
  void goesOnInAnotherProcess() throws Exception {
    Files.writeString(directory.resolve("a"), "0123456789");
    Files.writeString(directory.resolve("b"), "");
    String[] before = {"open /d/a r", "read 4 4", "count", "list /d", "clock"};
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ManagementFactory.getRuntimeMXBean().getClassPath(),
                KeepingProcess.class.getName(),
                folder.toUri().toString(),
                directory.toUri().toString()));
    command.addAll(List.of(before));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    FrozenProgram found = find(before).orElseThrow();
    assertThat(run(found, "read 4 3", "count", "clock")).isEqualTo("456\ncount 2\nlater\n");
    String rest = run(found, "list");
    assertThat(rest).containsAnyOf("a\n", "b\n").doesNotContain(".\n").contains("end\n");
    assertThat(run(found, "list /d", "list")).endsWith(rest);
    assertThat(found.changedFile()).isNull();
    Files.writeString(directory.resolve("a"), "changed");
    assertThat(found.changedFile()).isEqualTo(directory.toRealPath().resolve("a"));
  }

  @Test
  void goesOnWithItsArgumentsAndItsEnvironment() throws Exception {
    UnaryOperator<WasmConfig.Builder> more = config -> config.environment("NAME", "größe");
    keep(more, "count");
    assertThat(run(find(more, "count").orElseThrow(), "env NAME")).isEqualTo("größe\n");
  }

  @Test
  void filesAreOpenAtTheirNumbersAndPositions() throws Exception {
    Files.writeString(directory.resolve("a"), "0123456789");
    Files.writeString(directory.resolve("straße"), "second");
    String[] before = {
      "open /d/a r",
      "open /d/a r",
      "open /d/straße r",
      "read 4 4",
      "close 5",
      "open /d/log a",
      "write 5 begun;",
      "open /d/data w"
    };
    keep(before);
    for (int time = 0; time < 2; time++) {
      FrozenProgram found = find(before).orElseThrow();
      assertThat(run(found, "read 4 3", "read 6 9", "write 5 one;", "write 7 abc", "read 8 1"))
          .isEqualTo("456\nsecond\nwritten 4\nwritten 3\nerrno 8\n");
    }
    assertThat(Files.readString(directory.resolve("log"))).endsWith("begun;one;one;");
    assertThat(Files.readString(directory.resolve("data"))).isEqualTo("abc");
  }

  @Test
  void aFileThatIsReplacedAfterThatIsNotTakenForTheOldOne() throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "old");
    keep("open /d/a r");
    FrozenProgram found = find("open /d/a r").orElseThrow();
    Path replacement = Files.writeString(directory.resolve("b"), "new");
    Files.move(replacement, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(found, "read 4 9")).isEqualTo("errno " + ESTALE + "\n");
  }

  @Test
  void aListingGoesOnWhereItWas() throws Exception {
    Path listed = Files.createDirectory(directory.resolve("listed"));
    for (int i = 0; i < 6; i++) {
      Files.writeString(listed.resolve("n" + i), "");
      Files.writeString(directory.resolve("m" + i), "");
    }
    for (String which : List.of("list /d/listed", "list /d")) {
      FrozenProgram kept = keep(which);
      String rest = run(kept, "list", "list", "list");
      assertThat(rest.lines()).last().isEqualTo("end");
      assertThat(run(find(which).orElseThrow(), "list", "list", "list")).isEqualTo(rest);
    }
  }

  @Test
  void aPrivateDirectoryIsEachRunsOwn() throws Exception {
    UnaryOperator<WasmConfig.Builder> more =
        config -> config.preopen("/tmp", tmp, Preopen.Access.PRIVATE);
    keep(more, "stat /tmp/mine");
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    FrozenProgram found =
        find(config -> config.preopen("/tmp", elsewhere, Preopen.Access.PRIVATE), "stat /tmp/mine")
            .orElseThrow();
    for (int time = 0; time < 2; time++) {
      assertThat(run(found, "stat /tmp/mine", "open /tmp/mine w", "stat /tmp/mine"))
          .isEqualTo("errno 44\nfd 5\nsize 0\n");
    }
  }

  @Test
  void theMonotonicClockGoesOn() throws Exception {
    keep("clock", "clock");
    assertThat(run(find("clock", "clock").orElseThrow(), "clock", "clock"))
        .isEqualTo("later\nlater\n");
  }

  @Test
  void goesOnWhereItAcceptsAConnectionOrOpensAPath() throws Exception {
    FrozenProgram accepts =
        freeze(FreezeAt.accept(), WasmConfig.Builder::acceptConnection, "accept");
    FrozenProgram opens =
        freeze(FreezeAt.opening("/d/request"), c -> c, "open /d/request r", "count");
    kept().keep(accepts);
    kept().keep(opens);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    FrozenProgram found =
        find(FreezeAt.accept(), WasmConfig.Builder::acceptConnection, "accept").orElseThrow();
    assertThat(WasmExecution.of(found).connection(in("one"), sent).stdin(in("receive")).run())
        .isEqualTo(new Outcome.Success());
    assertThat(sent).hasToString("accepted 4\none");
    assertThat(
            run(
                find(FreezeAt.opening("/d/request"), c -> c, "open /d/request r", "count")
                    .orElseThrow()))
        .isEqualTo("errno 44\ncount 1\n");
  }

  @Test
  void isNotUsedOnceAFileHasChangedUntilItIsFrozenAnew() throws Exception {
    Path read = Files.writeString(directory.resolve("read"), "1");
    Path looked = Files.writeString(directory.resolve("looked"), "1");
    Path listed = Files.createDirectory(directory.resolve("listed"));
    Path missing = directory.resolve("missing");
    String[] before = {"open /d/read r", "stat /d/looked", "list /d/listed", "stat /d/missing"};
    keep(before);
    isNotUsedFor(looked, () -> Files.writeString(looked, "22"), before);
    isNotUsedFor(missing, () -> Files.writeString(missing, ""), before);
    isNotUsedFor(listed, () -> Files.writeString(listed.resolve("new"), ""), before);
    isNotUsedFor(
        read,
        () -> {
          FileTime time = Files.getLastModifiedTime(read);
          Path other = Files.writeString(directory.resolve("other"), "2");
          Files.setLastModifiedTime(other, time);
          Files.move(other, read, StandardCopyOption.REPLACE_EXISTING);
        },
        before);
  }

  private interface Change {
    void make() throws IOException;
  }

  private void isNotUsedFor(Path file, Change change, String... before) throws Exception {
    assertThat(find(before)).isPresent();
    log.clear();
    change.make();
    assertThat(find(before)).isEmpty();
    assertThat(log.messages())
        .singleElement()
        .asString()
        .endsWith(" is not used: " + file + " has changed since");
    keep(before);
    assertThat(files()).hasSize(1);
  }

  @Test
  void isNotUsedForAnotherConfiguration() throws Exception {
    Path other = Files.createDirectory(temp.resolve("other"));
    UnaryOperator<WasmConfig.Builder> usual = config -> config.environment("A", "1");
    keep(usual, "count");
    assertThat(find(usual, "count", "count")).isEmpty();
    assertThat(find(usual, "coun", "t")).isEmpty();
    assertThat(find(config -> config, "count")).isEmpty();
    assertThat(find(config -> config.environment("A", "2"), "count")).isEmpty();
    assertThat(find(config -> usual.apply(config).environment("B", ""), "count")).isEmpty();
    assertThat(find(config -> usual.apply(config).preopen("/e", other), "count")).isEmpty();
    assertThat(find(config -> usual.apply(config).acceptConnection(), "count")).isEmpty();
    assertThat(
            find(
                config -> usual.apply(config).limits(WasmLimits.DEFAULT.withMemory(100 << 20)),
                "count"))
        .isEmpty();
    assertThat(
            find(
                config -> usual.apply(config).limits(WasmLimits.DEFAULT.withOpenFiles(10)),
                "count"))
        .isEmpty();
    assertThat(find(FreezeAt.opening("/d/a"), usual, "count")).isEmpty();
    for (Preopen.Access access : List.of(Preopen.Access.READ_ONLY, Preopen.Access.PRIVATE)) {
      assertThat(find(given("/d", directory, access), usual, "count")).isEmpty();
    }
    assertThat(find(given("/d", other, Preopen.Access.READ_WRITE), usual, "count")).isEmpty();
    assertThat(find(given("/e", directory, Preopen.Access.READ_WRITE), usual, "count")).isEmpty();
    assertThat(log.messages()).isEmpty();
    assertThat(find(usual, "count")).isPresent();
  }

  @Test
  void isNotUsedUnderAnothersName() throws Exception {
    keep("count");
    Path file = files().get(0);
    keep("count", "count");
    Path other = files().stream().filter(each -> !each.equals(file)).findFirst().orElseThrow();
    Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
    assertThat(find("count", "count")).isEmpty();
    assertThat(log.messages())
        .containsExactly(
            other.toRealPath() + " is damaged and is not used: the program is frozen anew");
  }

  @Test
  void isNotUsedIfItIsDamaged() throws Exception {
    Files.writeString(directory.resolve("a"), "x");
    String[] before = {"open /d/a r", "list /d", "count"};
    keep(before);
    Path file = files().get(0);
    byte[] kept = Files.readAllBytes(file);
    WasmConfig config = config(load(), c -> c, before);
    assertThat(kept.length).isGreaterThan(10_000);
    for (int at = 0; at < kept.length; at += at < 1000 ? 7 : 499) {
      Files.write(file, Arrays.copyOf(kept, at));
      assertThat(find(FreezeAt.stdin(), config)).as("cut at %d", at).isEmpty();
      byte[] damaged = kept.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      assertThat(find(FreezeAt.stdin(), config)).as("byte %d", at).isEmpty();
    }
    assertThat(log.messages()).allMatch(m -> m.contains(" is damaged and is not used: "));
    Files.write(file, kept);
    assertThat(run(find(FreezeAt.stdin(), config).orElseThrow(), "count")).isEqualTo("count 2\n");
  }

  @Test
  void isTheOwnersAlone() throws Exception {
    keep("count");
    Path file = files().get(0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w----"));
    assertThat(find("count")).isEmpty();
    assertThat(log.messages())
        .containsExactly(
            "a frozen program is not used: "
                + file.toRealPath()
                + " can be written by other users; take that from them (chmod go-w)");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(find("count")).isEmpty();
    assertThatThrownBy(() -> keep("count", "count"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("can be written by other users");
  }

  @Test
  void whatIsInUseStaysAndTheRestGoesWhenThereIsTooMuch() throws Exception {
    FrozenProgram first = freeze(FreezeAt.stdin(), c -> c, "count");
    FrozenPrograms few = FrozenPrograms.in(folder, 1);
    few.keep(first);
    FrozenProgram second = freeze(FreezeAt.stdin(), c -> c, "count", "count");
    few.keep(second);
    assertThat(files()).hasSize(2);
    first.close();
    few.keep(freeze(FreezeAt.stdin(), c -> c, "count", "count", "count"));
    assertThat(files()).hasSize(2);
    assertThat(find("count")).isEmpty();
    second.close();
    FrozenProgram found = find("count", "count").orElseThrow();
    few.keep(freeze(FreezeAt.stdin(), c -> c, "say x"));
    assertThat(find("count", "count")).as("in use where it was found").isPresent();
    assertThat(found.wasKept()).isTrue();
  }

  @Test
  void itsMemoryCountsAsItsShares() throws Exception {
    FrozenProgram kept = keep("grow 3000000");
    WasmConfig config = config(load(), c -> c, "grow 3000000");
    MemoryBudget budget = new MemoryBudget(64 << 20);
    try (MemoryShare share = budget.share()) {
      FrozenProgram found = kept().find(config, FreezeAt.stdin(), share).orElseThrow();
      assertThat(share.reserved()).isEqualTo(kept.bytes());
      found.close();
      found.close();
      assertThat(share.reserved()).isZero();
      assertThat(run(found, "sum")).as("still of use").isEqualTo("sum 3000000\n");
      budget.limit(1_000_000);
      assertThat(kept().find(config, FreezeAt.stdin(), share)).isEmpty();
      assertThat(share.reserved()).isZero();
    }
    assertThat(log.messages())
        .singleElement()
        .asString()
        .contains("of the memory that all guests may have");
  }

  @Test
  void thereIsNoneOfWhatTheEnginesOwnCompilerRuns() throws Exception {
    Files.createDirectory(folder);
    WasmModule memories =
        new ModuleCache().load(Guests.path("memories"), ModuleUse.usual().toBeFrozen(), prepared());
    open.add(memories);
    assertThat(
            kept()
                .find(
                    WasmConfig.builder(memories).build(),
                    FreezeAt.stdin(),
                    MemoryBudget.shared().rest()))
        .isEmpty();
  }

  private FrozenPrograms kept() {
    return FrozenPrograms.in(folder, 1 << 30);
  }

  private PreparedModules prepared() {
    return PreparedModules.in(temp.resolve("modules"), 1 << 30);
  }

  private FrozenProgram keep(String... commands) throws Exception {
    return keep(config -> config, commands);
  }

  private FrozenProgram keep(UnaryOperator<WasmConfig.Builder> more, String... commands)
      throws Exception {
    FrozenProgram program = freeze(FreezeAt.stdin(), more, commands);
    kept().keep(program);
    return program;
  }

  private FrozenProgram freeze(
      FreezeAt at, UnaryOperator<WasmConfig.Builder> more, String... commands) throws Exception {
    FrozenProgram program = ProgramFreezer.of(config(load(), more, commands), at).freeze();
    open.add(program);
    return program;
  }

  private Optional<FrozenProgram> find(String... commands) throws Exception {
    return find(config -> config, commands);
  }

  private Optional<FrozenProgram> find(UnaryOperator<WasmConfig.Builder> more, String... commands)
      throws Exception {
    return find(FreezeAt.stdin(), more, commands);
  }

  private Optional<FrozenProgram> find(
      FreezeAt at, UnaryOperator<WasmConfig.Builder> more, String... commands) throws Exception {
    return find(at, config(load(), more, commands));
  }

  private Optional<FrozenProgram> find(
      WasmConfig.Builder begun, UnaryOperator<WasmConfig.Builder> more, String... commands) {
    return find(FreezeAt.stdin(), complete(begun, more, commands));
  }

  private Optional<FrozenProgram> find(FreezeAt at, WasmConfig config) {
    Optional<FrozenProgram> found = kept().find(config, at, MemoryBudget.shared().rest());
    found.ifPresent(open::add);
    return found;
  }

  private WasmConfig.Builder given(String guestPath, Path host, Preopen.Access access)
      throws IOException {
    return WasmConfig.builder(load()).preopen(guestPath, host, access);
  }

  private WasmConfig config(
      WasmModule module, UnaryOperator<WasmConfig.Builder> more, String... commands) {
    return complete(WasmConfig.builder(module).preopen("/d", directory), more, commands);
  }

  private static WasmConfig complete(
      WasmConfig.Builder config, UnaryOperator<WasmConfig.Builder> more, String... commands) {
    for (String command : commands) {
      config.argument(command);
    }
    return more.apply(config).build();
  }

  /** As another process would. */
  private WasmModule load() throws IOException {
    WasmModule module =
        new ModuleCache().load(Guests.path("frozen"), ModuleUse.usual().toBeFrozen(), prepared());
    open.add(module);
    return module;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".frozen")).toList();
    }
  }

  private static ByteArrayInputStream in(String... commands) {
    return new ByteArrayInputStream(String.join("\n", commands).getBytes(UTF_8));
  }

  private static String run(FrozenProgram program, String... commands) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    assertThat(WasmExecution.of(program).stdin(in(commands)).stdout(stdout).run())
        .isEqualTo(new Outcome.Success());
    return stdout.toString(UTF_8);
  }
}
