package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A module is compiled once, and never what is kept is believed that should not be. */
class PreparedModulesTest {
  @RegisterExtension final RecordedLog log = new RecordedLog("org.wasmservlet.core.ModuleCache");

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void begin() {
    folder = temp.resolve("cache");
  }

  @Test
  void compilesAModuleOnceForManyStarts() throws Exception {
    assertThat(start(Guests.path("hello"))).isEqualTo("compiled: hello\n");
    assertThat(start(Guests.path("hello"))).isEqualTo("prepared: hello\n");
    Path copy = Files.copy(Guests.path("hello"), temp.resolve("copy.wasm"));
    assertThat(start(copy)).isEqualTo("prepared: hello\n");
    assertThat(start(Guests.path("echo"))).startsWith("compiled");
    assertThat(files()).hasSize(2);
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void countsWhatWasPrepared() throws Exception {
    start(Guests.path("hello"));
    ModuleCache cache = new ModuleCache();
    cache.load(Guests.path("hello"), kept()).close();
    cache.load(Guests.path("echo"), kept()).close();
    assertThat(cache.statistics().loads()).isEqualTo(2);
    assertThat(cache.statistics().prepared()).isEqualTo(1);
  }

  @Test
  void noticesADamagedFileAndCompilesAnew() throws Exception {
    start(Guests.path("hello"));
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(start(Guests.path("hello"))).isEqualTo("compiled: hello\n");
    assertThat(log.messages())
        .containsExactly(
            file.toRealPath() + " is damaged and is not used: the module is compiled anew");
    assertThat(start(Guests.path("hello"))).isEqualTo("prepared: hello\n");
    Files.write(file, new byte[0]);
    assertThat(start(Guests.path("hello"))).startsWith("compiled");
  }

  private enum Damage {
    CUT,
    OVERWRITTEN,
    EMPTIED,
    DELETED,
    REPLACED;

    void doTo(Path file) throws IOException {
      byte[] garbage = new byte[(int) Files.size(file)];
      switch (this) {
        case CUT -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(100);
          }
        }
        case OVERWRITTEN -> Files.write(file, garbage);
        case EMPTIED -> Files.write(file, new byte[0]);
        case DELETED -> Files.delete(file);
        case REPLACED -> {
          Path other = Files.write(file.resolveSibling("other"), garbage);
          Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }

    /** What has the file open goes on with what it was when nobody writes into it. */
    boolean isNoticed() {
      return this == CUT || this == OVERWRITTEN || this == EMPTIED;
    }
  }

  @ParameterizedTest
  @EnumSource
  void goesOnWhenAFileIsDamagedThatIsInUse(Damage damage) throws Exception {
    start(Guests.path("hello"));
    Path file = files().get(0);
    // So that no thread loads the classes before.
    Files.delete(file.resolveSibling(file.getFileName() + ".classes"));
    try (WasmModule module = new ModuleCache().load(Guests.path("hello"), kept())) {
      assertThat(module.wasPrepared()).isTrue();
      damage.doTo(file);
      for (int i = 0; i < 2; i++) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(WasmExecution.of(WasmConfig.builder(module).build()).stdout(out).run())
            .isEqualTo(new Outcome.Success());
        assertThat(out.toString(UTF_8)).isEqualTo("hello\n");
      }
    }
    if (damage.isNoticed()) {
      assertThat(log.messages())
          .containsExactly(
              folder.toRealPath().resolve(file.getFileName())
                  + " was damaged while it was in use: the module is compiled anew");
      // And kept anew.
      assertThat(start(Guests.path("hello"))).isEqualTo("prepared: hello\n");
    } else {
      assertThat(log.messages()).isEmpty();
      assertThat(start(Guests.path("hello"))).isEqualTo("compiled: hello\n");
    }
  }

  @Test
  void doesNotUseWhatOthersMayWriteAndSaysSo() throws Exception {
    start(Guests.path("hello"));
    Files.setPosixFilePermissions(files().get(0), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(start(Guests.path("hello"))).isEqualTo("compiled: hello\n");
    assertThat(log.messages())
        .singleElement()
        .asString()
        .contains(".prepared can be written by other users");
    log.clear();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(start(Guests.path("hello"))).isEqualTo("compiled: hello\n");
    assertThat(log.messages())
        .singleElement()
        .asString()
        .contains("cache can be written by other users");
  }

  @Test
  void runsWithoutAFolderThatCannotBeMade() throws Exception {
    Files.writeString(folder, "a file");
    assertThat(start(Guests.path("hello"))).isEqualTo("compiled: hello\n");
    assertThat(log.messages()).singleElement().asString().contains(folder + " is not a directory");
  }

  @Test
  void looksFirstWhereItIsTold() throws Exception {
    start(Guests.path("hello"));
    Path supplied = Files.move(folder, temp.resolve("supplied"));
    Files.setPosixFilePermissions(supplied, PosixFilePermissions.fromString("rwxrwxrwx"));
    PreparedModules prepared =
        kept().orFrom(name -> Optional.of(supplied.resolve(name)).filter(Files::exists));
    assertThat(start(Guests.path("hello"), prepared)).isEqualTo("prepared: hello\n");
    assertThat(folder).doesNotExist();
    assertThat(start(Guests.path("echo"), prepared)).startsWith("compiled");
    assertThat(files()).hasSize(1);
  }

  @Test
  void sharesAFolderWithAnotherProcessAtTheSameTime() throws Exception {
    List<Process> processes = List.of(another("one"), another("two"));
    for (Process process : processes) {
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
    }
    for (Process process : processes) {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(temp.resolve("one")).hasContent(SharedCacheFolder.HEALTHY);
    assertThat(temp.resolve("two")).hasContent(SharedCacheFolder.HEALTHY);
  }

  private Process another(String log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            ManagementFactory.getRuntimeMXBean().getClassPath(),
            SharedCacheFolder.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve(log).toFile())
        .start();
  }

  @Test
  void keepsWhichClassesTheFirstRunNeeded() throws Exception {
    start(Guests.path("hello"));
    Path list = Path.of(files().get(0) + ".classes");
    assertThat(Files.readAllLines(list))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("org.wasmservlet.compiled."));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list)))
        .isEqualTo("rw-------");
    byte[] kept = Files.readAllBytes(list);
    assertThat(start(Guests.path("hello"))).isEqualTo("prepared: hello\n");
    assertThat(Files.readAllBytes(list)).isEqualTo(kept);
  }

  @Test
  void doesNotMindAListOfClassesThatIsDamagedOrNotTheOwnersAlone() throws Exception {
    start(Guests.path("hello"));
    Path list = Path.of(files().get(0) + ".classes");
    Files.writeString(list, "org.wasmservlet.compiled.E99999\n\u00e9\njava.lang.NoSuchClass\n");
    assertThat(start(Guests.path("hello"))).isEqualTo("prepared: hello\n");
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(start(Guests.path("hello"))).isEqualTo("prepared: hello\n");
    Files.delete(list);
    Files.createDirectory(list);
    assertThat(start(Guests.path("hello"))).isEqualTo("prepared: hello\n");
    assertThat(log.messages()).isEmpty();
  }

  /** What the compiler does not compile is left to the engine's, which keeps nothing. */
  @Test
  void keepsNothingOfWhatItCannotCompile() throws Exception {
    assertThat(start(Guests.path("memories"))).startsWith("compiled");
    assertThat(folder).doesNotExist();
  }

  @Test
  void startsFromTheHeapWhereNothingIsKept() throws Exception {
    assertThat(start(Guests.path("hello"), PreparedModules.none())).isEqualTo("compiled: hello\n");
    assertThat(folder).doesNotExist();
  }

  private PreparedModules kept() {
    return PreparedModules.in(folder, 1 << 20);
  }

  private String start(Path file) throws IOException {
    return start(file, kept());
  }

  /** As a new process would: how it was loaded, and what it says. */
  private static String start(Path file, PreparedModules prepared) throws IOException {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    try (WasmModule module = new ModuleCache().load(file, prepared)) {
      WasmExecution.of(WasmConfig.builder(module).build()).stdout(stdout).run();
      return (module.wasPrepared() ? "prepared: " : "compiled: ") + stdout.toString(UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".prepared")).toList();
    }
  }
}
