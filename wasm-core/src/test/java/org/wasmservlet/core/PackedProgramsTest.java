package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
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

/** A frozen program that was packed goes on where its files are copies, and only there. */
@Timeout(120)
class PackedProgramsTest {
  private static final int ESTALE = 72;

  @TempDir Path temp;

  /** Where programs are frozen. */
  private Path directory;

  /** Where they go on. */
  private Path elsewhere;

  private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  @RegisterExtension final RecordedLog log = new RecordedLog("org.wasmservlet.core.FrozenPrograms");

  @BeforeEach
  void begin() throws IOException {
    directory = Files.createDirectory(temp.resolve("größe und mehr"));
    elsewhere = temp.resolve("another machine");
    folder = Files.createDirectory(temp.resolve("wasm-cache"));
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void goesOnElsewhere() throws Exception {
    Files.writeString(directory.resolve("a"), "0123456789");
    Path listed = Files.createDirectory(directory.resolve("straße"));
    for (int i = 0; i < 6; i++) {
      Files.writeString(listed.resolve("ü" + i), "");
    }
    String[] before = {
      "open /d/a r",
      "read 4 4",
      "stat /d/none",
      "stat /d/straße",
      "list /d/straße",
      "count",
      "clock"
    };
    FrozenProgram frozen = pack(before);
    String rest = run(frozen, "list", "list");
    move();
    FrozenProgram found = find(before).orElseThrow();
    assertThat(found.wasKept()).isTrue();
    assertThat(found.since()).isEqualTo(frozen.since());
    assertThat(found.watchedFiles()).isEqualTo(frozen.watchedFiles());
    assertThat(found.watchesAllFiles()).isTrue();
    for (int time = 0; time < 2; time++) {
      assertThat(run(found, "read 4 3", "count", "clock")).isEqualTo("456\ncount 2\nlater\n");
      assertThat(run(found, "list", "list")).isEqualTo(rest).contains("ü").endsWith("end\n");
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void whatHasChangedSinceIsSeenThereToo() throws Exception {
    Files.writeString(directory.resolve("a"), "old");
    Files.createDirectory(directory.resolve("listed"));
    String[] before = {"open /d/a r", "stat /d/missing", "list /d/listed"};
    pack(before);
    move();
    Path file = elsewhere.resolve("a");
    FrozenProgram found = find(before).orElseThrow();
    assertThat(found.changedFile()).isNull();
    Path replacement = Files.writeString(elsewhere.resolve("b"), "new");
    Files.move(replacement, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(found, "read 4 9")).isEqualTo("errno " + ESTALE + "\n");
    assertThat(found.changedFile()).isEqualTo(file.toRealPath());
    for (String name : new String[] {"missing", "listed/new"}) {
      Files.writeString(file, "old");
      FrozenProgram other = find(before).orElseThrow();
      assertThat(other.changedFile()).isNull();
      Path appeared = Files.writeString(elsewhere.resolve(name), "");
      assertThat(other.changedFile()).isNotNull();
      Files.delete(appeared);
    }
  }

  @Test
  void timesAndNumbersDoNotMatter() throws Exception {
    Files.writeString(directory.resolve("a"), "1");
    pack("open /d/a r", "list /d");
    move();
    Files.setLastModifiedTime(elsewhere.resolve("a"), FileTime.fromMillis(0));
    Files.copy(elsewhere.resolve("a"), temp.resolve("copy"));
    Files.move(temp.resolve("copy"), elsewhere.resolve("a"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(find("open /d/a r", "list /d").orElseThrow(), "read 4 9")).isEqualTo("1\n");
  }

  @Test
  void isNotUsedIfAnythingIsDifferentThere() throws Exception {
    Files.writeString(directory.resolve("read"), "12");
    Files.writeString(directory.resolve("looked"), "1");
    Files.createDirectory(directory.resolve("known"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("read"));
    Path listed = Files.createDirectory(directory.resolve("listed"));
    Files.writeString(listed.resolve("x"), "");
    String[] before = {
      "open /d/read r",
      "stat /d/looked",
      "stat /d/known",
      "stat /d/link",
      "list /d/listed",
      "stat /d/missing"
    };
    pack(before);
    move();
    differs("read", file -> Files.writeString(file, "13"), before);
    differs("read", file -> Files.writeString(file, "123"), before);
    differs("read", Files::delete, before);
    differs("looked", file -> Files.writeString(file, "2"), before);
    differs("looked", file -> Files.createDirectory(deleted(file)), before);
    differs("known", file -> Files.writeString(deleted(file), ""), before);
    differs("link", file -> Files.createSymbolicLink(deleted(file), Path.of("looked")), before);
    differs("listed", file -> Files.writeString(file.resolve("y"), ""), before);
    differs("listed", file -> Files.delete(file.resolve("x")), before);
    differs("listed", file -> Files.createDirectory(deleted(file.resolve("x"))), before);
    differs("missing", file -> Files.writeString(file, ""), before);
    differs("missing", Files::createDirectory, before);
    assertThat(run(find(before).orElseThrow(), "read 4 9")).isEqualTo("12\n");
  }

  private interface Change {
    void make(Path file) throws IOException;
  }

  private static Path deleted(Path file) throws IOException {
    Files.delete(file);
    return file;
  }

  /** Only as long as it is another. */
  private void differs(String name, Change change, String... before) throws Exception {
    log.clear();
    change.make(elsewhere.resolve(name));
    assertThat(find(before)).isEmpty();
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("INFO ")
        .endsWith(" is not used: " + elsewhere.toRealPath().resolve(name) + " has changed since");
    move();
  }

  @Test
  void anotherConfigurationIsPassedOver() throws Exception {
    UnaryOperator<WasmConfig.Builder> usual = config -> config.environment("A", "1");
    pack(usual, "count");
    move();
    assertThat(find(usual, "count", "count")).isEmpty();
    assertThat(find(config -> config.environment("A", "2"), "count")).isEmpty();
    assertThat(find(config -> usual.apply(config).preopen("/e", directory), "count")).isEmpty();
    for (Preopen.Access access : List.of(Preopen.Access.READ_ONLY, Preopen.Access.PRIVATE)) {
      WasmConfig.Builder config = WasmConfig.builder(load()).preopen("/d", elsewhere, access);
      assertThat(find(usual.apply(config).argument("count").build())).isEmpty();
    }
    assertThat(log.lines()).isEmpty();
    assertThat(find(usual, "count")).isPresent();
  }

  /** Which has other options here: of another build the name is another one in the same way. */
  @Test
  void anotherBuildIsPassedOver() throws Exception {
    WasmModule module =
        new ModuleCache()
            .load(Guests.path("frozen"), PreparedModules.in(temp.resolve("usual"), 1 << 30));
    open.add(module);
    FrozenProgram other = freeze(config(module, directory, c -> c, "count"));
    Path file = FrozenPrograms.pack(other, folder);
    move();
    assertThat(find("count")).isEmpty();
    assertThat(log.lines()).isEmpty();
    pack("count");
    Path right = files().stream().filter(each -> !each.equals(file)).findFirst().orElseThrow();
    assertThat(find("count")).isPresent();
    Files.copy(file, right, StandardCopyOption.REPLACE_EXISTING);
    assertThat(find("count")).isEmpty();
    assertThat(log.lines())
        .containsExactly(
            "WARNING " + right + " is damaged and is not used: the program is frozen anew");
  }

  @Test
  void isNotUsedIfItIsDamaged() throws Exception {
    Files.writeString(directory.resolve("a"), "x");
    String[] before = {"open /d/a r", "list /d", "count"};
    pack(before);
    move();
    Path file = files().get(0);
    byte[] packed = Files.readAllBytes(file);
    WasmConfig config = config(load(), elsewhere, c -> c, before);
    for (int at = 0; at < packed.length; at += at < 1000 ? 17 : 1999) {
      Files.write(file, Arrays.copyOf(packed, at));
      assertThat(find(config)).as("cut at %d", at).isEmpty();
      byte[] damaged = packed.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      assertThat(find(config)).as("byte %d", at).isEmpty();
    }
    assertThat(log.lines()).isNotEmpty().allMatch(m -> m.contains(" is damaged and is not used: "));
    Files.write(file, packed);
    assertThat(run(find(config).orElseThrow(), "count")).isEqualTo("count 2\n");
  }

  @Test
  void isNotTakenForWhatIsKeptOnDisk() throws Exception {
    FrozenProgram frozen = pack("count");
    FrozenPrograms kept = FrozenPrograms.in(temp.resolve("cache"), 1 << 30);
    kept.keep(frozen);
    Path file = files().get(0);
    Path other;
    try (Stream<Path> files = Files.list(temp.resolve("cache"))) {
      other = files.findFirst().orElseThrow();
    }
    byte[] content = Files.readAllBytes(file);
    Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
    WasmConfig config = config(load(), directory, c -> c, "count");
    assertThat(find(config)).isEmpty();
    Files.write(other, content);
    assertThat(find(kept, config)).isEmpty();
    assertThat(log.lines()).hasSize(2).allMatch(m -> m.contains(" is damaged and is not used: "));
  }

  @Test
  void comesBeforeWhatIsKeptOnDisk() throws Exception {
    FrozenProgram kept = freeze(config(load(), directory, c -> c, "count"));
    FrozenPrograms both =
        FrozenPrograms.in(temp.resolve("cache"), 1 << 30).orFrom(this::suppliedFile);
    both.keep(kept);
    WasmConfig config = config(load(), directory, c -> c, "count");
    assertThat(find(both, config).orElseThrow().since()).isEqualTo(kept.since());
    FrozenProgram packed = pack("count");
    assertThat(find(both, config).orElseThrow().since())
        .isEqualTo(packed.since())
        .isNotEqualTo(kept.since());
    Files.write(files().get(0), new byte[10]);
    assertThat(find(both, config).orElseThrow().since()).isEqualTo(kept.since());
    assertThat(both.keeps()).isTrue();
    FrozenPrograms none = FrozenPrograms.none();
    assertThat(none.keeps()).isFalse();
    assertThat(find(none, config)).isEmpty();
    assertThatThrownBy(() -> none.keep(kept)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatHasChangedSomethingIsNotPacked() throws Exception {
    FrozenProgram program = freeze(config(load(), directory, c -> c, "count", "open /d/new w"));
    assertThatThrownBy(() -> FrozenPrograms.pack(program, folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "it has changed " + directory.toRealPath().resolve("new") + " before it was frozen, ");
    assertThat(files()).isEmpty();
  }

  @Test
  void whatIsPackedIsWhatTheProgramHasSeen() throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "1");
    FrozenProgram program = freeze(config(load(), directory, c -> c, "stat /d/a"));
    Files.writeString(file, "22");
    assertThatThrownBy(() -> FrozenPrograms.pack(program, folder))
        .isInstanceOf(IOException.class)
        .hasMessage(file.toRealPath() + " has changed meanwhile");
    assertThat(files()).isEmpty();
  }

  @Test
  void oneDirectoryMayHoldAnother() throws Exception {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    Files.writeString(inner.resolve("a"), "1");
    String[] before = {"open /e/a r"};
    WasmConfig.Builder begun = WasmConfig.builder(load()).preopen("/d", directory);
    FrozenPrograms.pack(freeze(begun.preopen("/e", inner).argument(before[0]).build()), folder);
    move();
    Path apart = copy(inner, temp.resolve("apart"));
    for (Path place : List.of(elsewhere.resolve("inner"), apart)) {
      WasmConfig.Builder here = WasmConfig.builder(load()).preopen("/d", elsewhere);
      WasmConfig config = here.preopen("/e", place).argument(before[0]).build();
      assertThat(run(find(config).orElseThrow(), "read 5 9")).isEqualTo("1\n");
    }
  }

  /** Copies the directory to the other place, as it is. */
  private void move() throws IOException {
    delete(elsewhere);
    copy(directory, elsewhere);
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()), LinkOption.NOFOLLOW_LINKS);
      }
    }
    return to;
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      List<Path> files;
      try (Stream<Path> walk = Files.walk(tree)) {
        files = new ArrayList<>(walk.toList());
      }
      for (int i = files.size() - 1; i >= 0; i--) {
        Files.delete(files.get(i));
      }
    }
  }

  private FrozenProgram pack(String... commands) throws Exception {
    return pack(config -> config, commands);
  }

  private FrozenProgram pack(UnaryOperator<WasmConfig.Builder> more, String... commands)
      throws Exception {
    FrozenProgram program = freeze(config(load(), directory, more, commands));
    assertThat(FrozenPrograms.pack(program, folder)).isIn(files());
    return program;
  }

  private FrozenProgram freeze(WasmConfig config) throws Exception {
    FrozenProgram program = ProgramFreezer.of(config, FreezeAt.stdin()).freeze();
    open.add(program);
    return program;
  }

  private Optional<FrozenProgram> find(String... commands) throws Exception {
    return find(config -> config, commands);
  }

  private Optional<FrozenProgram> find(UnaryOperator<WasmConfig.Builder> more, String... commands)
      throws Exception {
    return find(config(load(), elsewhere, more, commands));
  }

  private Optional<FrozenProgram> find(WasmConfig config) {
    return find(FrozenPrograms.none().orFrom(this::suppliedFile), config);
  }

  private Optional<FrozenProgram> find(FrozenPrograms programs, WasmConfig config) {
    Optional<FrozenProgram> found =
        programs.find(config, FreezeAt.stdin(), MemoryBudget.shared().rest());
    found.ifPresent(open::add);
    return found;
  }

  private Optional<Path> suppliedFile(String name) {
    return Optional.of(folder.resolve(name)).filter(Files::exists);
  }

  private static WasmConfig config(
      WasmModule module, Path host, UnaryOperator<WasmConfig.Builder> more, String... commands) {
    WasmConfig.Builder config = WasmConfig.builder(module).preopen("/d", host);
    for (String command : commands) {
      config.argument(command);
    }
    return more.apply(config).build();
  }

  /** As another process would. */
  private WasmModule load() throws IOException {
    WasmModule module =
        new ModuleCache()
            .load(
                Guests.path("frozen"),
                ModuleUse.usual().toBeFrozen(),
                PreparedModules.in(temp.resolve("modules"), 1 << 30));
    open.add(module);
    return module;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String run(FrozenProgram program, String... commands) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayInputStream stdin =
        new ByteArrayInputStream(String.join("\n", commands).getBytes(UTF_8));
    assertThat(WasmExecution.of(program).stdin(stdin).stdout(stdout).run())
        .isEqualTo(new Outcome.Success());
    return stdout.toString(UTF_8);
  }
}
