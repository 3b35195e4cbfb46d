package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guests that attack: by links, by sizes, by numbers, by the stack. */
@Timeout(120)
class HostileGuestsTest {
  @TempDir private Path temporary;
  private Path root;
  private Map<String, String> outsideBefore;

  @BeforeEach
  void makeTree() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createDirectories(outside.resolve("directory/inner"));
    root = Files.createDirectory(temporary.resolve("root"));
    Files.writeString(root.resolve("mine"), "mine");
    Files.createDirectory(root.resolve("d"));
    Files.writeString(root.resolve("d/file"), "file");
    Files.createDirectory(root.resolve("empty"));
    Files.createSymbolicLink(root.resolve("out"), Path.of("../outside"));
    Files.createSymbolicLink(root.resolve("d/out"), Path.of("../../outside"));
    Files.createSymbolicLink(root.resolve("absolute"), outside);
    Files.createSymbolicLink(root.resolve("chain"), Path.of("d/../out"));
    Files.createSymbolicLink(root.resolve("secret"), Path.of("../outside/secret"));
    Files.createSymbolicLink(root.resolve("secret-absolute"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("../outside/new"));
    outsideBefore = manifest(outside);
  }

  @AfterEach
  void leavesTheOutsideAlone() throws IOException {
    assertThat(manifest(temporary.resolve("outside"))).isEqualTo(outsideBefore);
  }

  @Test
  void cannotPassThroughLinksThatAreThere() throws IOException {
    String[] paths =
        Stream.of("out", "d/out", "absolute", "chain", "d/../out", "out/../outside")
            .flatMap(
                link ->
                    Stream.of("/secret", "/new", "/directory", "/directory/inner", "/.", "/..")
                        .map(name -> link + name))
            .toArray(String[]::new);
    assertThat(escape(Preopen.Access.READ_WRITE, paths)).isEmpty();
  }

  @Test
  void cannotLeaveByDotsOrFromTheRoot() throws IOException {
    assertThat(
            escape(
                Preopen.Access.READ_WRITE,
                "../outside/secret",
                "../outside/new",
                "d/../../outside/secret",
                temporary.resolve("outside/secret").toString(),
                "//etc/passwd",
                "d/./.././../outside/directory"))
        .isEmpty();
  }

  @Test
  void doesWithALinkThatLeadsOutsideNothingButToTheLinkItself() throws IOException {
    List<String> allowed =
        List.of("readlink", "link-from", "rename-to", "rename-from", "unlink", "create", "symlink");
    assertThat(escape(Preopen.Access.READ_WRITE, "secret", "secret-absolute", "dangling", "out"))
        .allSatisfy(line -> assertThat(allowed).contains(line.split(" ")[0]));
  }

  @Test
  void takesABackslashForALetter() throws IOException {
    assertThat(escape(Preopen.Access.READ_WRITE, "..\\outside\\secret"))
        .contains("create ..\\outside\\secret");
  }

  @Test
  void changesNothingInAReadOnlyDirectory() throws IOException {
    Map<String, String> before = manifest(root);
    assertThat(
            escape(
                Preopen.Access.READ_ONLY,
                "ro",
                "mine",
                "d/file",
                "d",
                "empty",
                "new",
                "secret",
                "d/out",
                "d/new"))
        .isEmpty();
    assertThat(manifest(root)).isEqualTo(before);
  }

  @Test
  void canOpenFilesWithoutRightsButThenNotUseThem() throws IOException {
    assertThat(escape(Preopen.Access.READ_WRITE, "ro", "nowhere/mine")).isEmpty();
    Files.delete(root.resolve("mine"));
    Files.writeString(root.resolve("kept"), "kept");
    assertThat(escape(Preopen.Access.READ_ONLY, "ro", "kept")).isEmpty();
    assertThat(root.resolve("kept")).hasContent("kept");
  }

  @Test
  void isNotHeldUpByAPipe() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    assertThat(escape(Preopen.Access.READ_ONLY, "ro", "pipe")).isEmpty();
    // What can be had is had at once: what it is, and another file in its place.
    assertThat(escape(Preopen.Access.READ_WRITE, "pipe/x", "pipe"))
        .startsWith("stat pipe", "rename-to pipe");
  }

  @Test
  void isGivenNoMoreMemoryThanItHas() throws IOException {
    // Each of four sizes: error number 21 (FAULT) for a file and for a stream, read and written.
    assertThat(greedy("large-buffers")).isEqualTo("21 21 21 21\n".repeat(4));
  }

  @Test
  void cannotKeepTheHostBusyWithBuffers() throws IOException {
    assertThat(greedy("many-buffers")).isEqualTo("28\n28\n");
  }

  @Test
  void opensAsManyFilesAsItMay() throws IOException {
    // Three streams and a directory are open; error number 33 (MFILE).
    assertThat(greedy("descriptors")).isEqualTo("252 33\n");
    assertThat(greedy("descriptors", WasmLimits.DEFAULT.withOpenFiles(10))).isEqualTo("6 33\n");
    assertThat(greedy("descriptors", WasmLimits.DEFAULT.withOpenFiles(4))).isEqualTo("0 33\n");
    assertThatThrownBy(() -> greedy("descriptors", WasmLimits.DEFAULT.withOpenFiles(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("standard streams and directories are 4 open files, and the limit is 3");
  }

  @Test
  void writesAsMuchAsItMay() throws IOException {
    // Error number 51 (NOSPC), without a byte; then the 256 MiB but for the file's own entry.
    assertThat(greedy("disk")).isEqualTo("51 51 51\n" + ((256 << 10) - 4) + "K 51\n");
    // The file is there already.
    assertThat(greedy("disk", WasmLimits.DEFAULT.withWritten(3 << 20)))
        .isEqualTo("51 51 51\n3072K 51\n");
  }

  /** On a file system that is in memory, and mounted for this one process alone. */
  @Test
  void isToldThatTheDiskIsFull() throws Exception {
    assumeThat(new ProcessBuilder("unshare", "-Urm", "true").start().waitFor())
        .as("this system lets a process mount a small file system of its own")
        .isZero();
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    List<String> command =
        List.of(
            "unshare",
            "-Urm",
            "sh",
            "-c",
            "mount -t tmpfs -o size=512k none \"$0\" && exec \"$@\"",
            disk.toString(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            ManagementFactory.getRuntimeMXBean().getClassPath(),
            DiskFull.class.getName(),
            disk.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(temporary.resolve("log")).hasContent(DiskFull.TOLD_TWICE);
  }

  @Test
  void leavesAHealthyJvmAfterExhaustingTheStackInTheHost() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            ManagementFactory.getRuntimeMXBean().getClassPath(),
            StackExhaustion.class.getName(),
            root.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(temporary.resolve("log")).hasContent(StackExhaustion.HEALTHY);
  }

  private List<String> escape(Preopen.Access access, String... arguments) throws IOException {
    WasmConfig.Builder config = WasmConfig.builder(load("escape"));
    for (String argument : arguments) {
      config.argument(argument);
    }
    return run(config.preopen("/", root, access)).lines().toList();
  }

  private String greedy(String what) throws IOException {
    return greedy(what, WasmLimits.DEFAULT);
  }

  private String greedy(String what, WasmLimits limits) throws IOException {
    return run(WasmConfig.builder(load("greedy")).argument(what).preopen("/", root).limits(limits));
  }

  private static String run(WasmConfig.Builder config) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    assertThat(WasmExecution.of(config.build()).stdout(stdout).run())
        .isEqualTo(new Outcome.Success());
    return stdout.toString(UTF_8);
  }

  private static WasmModule load(String guest) throws IOException {
    try (WasmModule module = new ModuleCache().load(Guests.path(guest))) {
      return module;
    }
  }

  private static Map<String, String> manifest(Path directory) throws IOException {
    Map<String, String> manifest = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        manifest.put(
            directory.relativize(file).toString(),
            new TreeMap<>(
                    Files.readAttributes(
                        file,
                        "unix:mode,size,nlink,ino,lastModifiedTime",
                        LinkOption.NOFOLLOW_LINKS))
                + (Files.isRegularFile(file) ? Files.readString(file) : ""));
      }
    }
    return manifest;
  }
}
