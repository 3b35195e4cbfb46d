package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * Calls host functions at random: {@code -Dwasi.fuzz.calls=} as often, {@code -Dwasi.fuzz.seed=}
 * from the same beginning again.
 */
@Timeout(3600)
class FuzzTest {
  private static final int CALLS = Integer.getInteger("wasi.fuzz.calls", 40_000);
  private static final int CALLS_OF_A_GUEST = 400;
  private static final List<String> PATHS =
      List.of(
          "",
          ".",
          "..",
          "/",
          "f",
          "d",
          "d/",
          "d/f",
          "d/e/g",
          "l",
          "l/",
          "out",
          "out/secret",
          "secret",
          "up/../d",
          "d/../f",
          "../outside/secret",
          "/etc/passwd",
          "loop",
          "new",
          "new/",
          "d/new",
          "größe",
          "\u0000",
          "d/up",
          "d/up/secret",
          "a".repeat(300),
          "./d/.//e/..");

  /**
   * What functions take: a directory, file or any descriptor; a path, buffers or one buffer, of two
   * arguments; a place for a result; small, open and rights flags; a number.
   */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("fd_advise", "fnns"),
          Map.entry("fd_allocate", "fnn"),
          Map.entry("fd_close", "f"),
          Map.entry("fd_datasync", "a"),
          Map.entry("fd_sync", "a"),
          Map.entry("fd_fdstat_get", "ar"),
          Map.entry("fd_fdstat_set_flags", "as"),
          Map.entry("fd_filestat_get", "ar"),
          Map.entry("fd_filestat_set_size", "fn"),
          Map.entry("fd_filestat_set_times", "annn"),
          Map.entry("fd_pread", "fvvnr"),
          Map.entry("fd_prestat_dir_name", "db"),
          Map.entry("fd_prestat_get", "dr"),
          Map.entry("fd_pwrite", "fvvnr"),
          Map.entry("fd_read", "avvr"),
          Map.entry("fd_readdir", "dbbnr"),
          Map.entry("fd_renumber", "ff"),
          Map.entry("fd_seek", "fnsr"),
          Map.entry("fd_tell", "ar"),
          Map.entry("fd_write", "avvr"),
          Map.entry("path_create_directory", "dp"),
          Map.entry("path_filestat_get", "dsppr"),
          Map.entry("path_filestat_set_times", "dsppnns"),
          Map.entry("path_link", "dsppdpp"),
          Map.entry("path_open", "dsppownsr"),
          Map.entry("path_readlink", "dppbbr"),
          Map.entry("path_remove_directory", "dp"),
          Map.entry("path_rename", "dppdpp"),
          Map.entry("path_symlink", "ppdpp"),
          Map.entry("path_unlink_file", "dp"),
          Map.entry("poll_oneoff", "rrsr"),
          Map.entry("random_get", "b"));

  @TempDir private Path temporary;
  private Path root;
  private Random random;

  @Test
  void neverThrowsNeverLeavesTheDirectoryAndLeavesNothingOpen() throws Exception {
    long seed = Long.getLong("wasi.fuzz.seed", System.nanoTime());
    random = new Random(seed);
    makeOutside();
    Map<String, String> before = manifest();
    Set<Errno> seen = EnumSet.noneOf(Errno.class);
    for (int calls = 0; calls < CALLS; calls += CALLS_OF_A_GUEST) {
      makeTree();
      Abi abi = Abi.values()[random.nextInt(2)];
      try (TestGuest guest = TestGuest.of(abi, List.of(mount(), mount()), limits())) {
        List<String> names = new ArrayList<>(new TreeMap<>(FunctionTable.of(abi)).keySet());
        List<long[]> paths = writePaths(guest);
        for (int i = 0; i < CALLS_OF_A_GUEST; i++) {
          // Without files that are open, half of the functions have nothing to do.
          String name =
              random.nextInt(6) == 0 ? "path_open" : names.get(random.nextInt(names.size()));
          long[] arguments = arguments(FunctionTable.of(abi).get(name), paths);
          String call = name + Arrays.toString(arguments) + " of seed " + seed;
          Errno errno = call(guest, name, arguments, call);
          // What no one has thought of would show as this.
          assertThat(errno).as(call).isNotEqualTo(Errno.IO);
          seen.add(errno);
          if (i % 50 == 0) {
            paths = writePaths(guest);
          }
        }
      }
      OpenHandles.assertNoneBelow(temporary);
      assertThat(manifest()).as("seed %d", seed).isEqualTo(before);
      assertNothingStaged();
    }
    assertThat(seen).contains(Errno.SUCCESS, Errno.FAULT, Errno.PERM, Errno.NOENT, Errno.BADF);
  }

  private static Errno call(TestGuest guest, String name, long[] arguments, String call) {
    try {
      return guest.call(name, arguments);
    } catch (Throwable t) {
      throw new AssertionError(call, t);
    }
  }

  private MountPoint mount() {
    return new MountPoint(
        "/", root, random.nextInt(4) == 0 ? MountPoint.Kind.READ_ONLY : MountPoint.Kind.READ_WRITE);
  }

  private static Limits limits() {
    return new Limits(12, 1 << 20, 64, 4096, Duration.ofNanos(1000), 1 << 16);
  }

  /** Mostly what a function takes, so that it gets somewhere, and now and then anything. */
  private long[] arguments(WasiFunction function, List<long[]> paths) {
    long[] arguments = new long[function.type().params().size()];
    String kinds = KINDS.getOrDefault(function.name(), "");
    for (int i = 0; i < arguments.length; i++) {
      char kind = i < kinds.length() ? kinds.charAt(i) : '?';
      if (random.nextInt(16) == 0) {
        kind = '?';
      }
      switch (kind) {
        case 'd' -> arguments[i] = 3 + random.nextInt(random.nextInt(4) == 0 ? 9 : 2);
        case 'f' -> arguments[i] = 5 + random.nextInt(7);
        case 'a' -> arguments[i] = random.nextInt(12);
        case 'p' -> {
          long[] path = paths.get(random.nextInt(paths.size()));
          arguments[i] = path[0];
          if (i + 1 < arguments.length) {
            arguments[++i] = path[1];
          }
        }
        case 'v' -> {
          arguments[i] = 8L * random.nextInt(2);
          if (i + 1 < arguments.length) {
            arguments[++i] = random.nextInt(3);
          }
        }
        case 'b' -> {
          arguments[i] = 8192;
          if (i + 1 < arguments.length) {
            arguments[++i] = random.nextInt(2000);
          }
        }
        case 'r' -> arguments[i] = 512 + random.nextInt(64);
        case 's' -> arguments[i] = random.nextInt(3);
        case 'o' -> arguments[i] = 1L << random.nextInt(5) & 15;
        case 'w' -> arguments[i] = random.nextLong() | 1L << random.nextInt(7);
        case 'n' -> arguments[i] = random.nextInt(1 << random.nextInt(24));
        default -> arguments[i] = number();
      }
    }
    return arguments;
  }

  private long number() {
    return switch (random.nextInt(9)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      case 2 -> -1 - random.nextInt(20);
      case 3 -> 65536 - random.nextInt(40);
      case 4 -> (long) Integer.MAX_VALUE + random.nextInt(3);
      case 5 -> random.nextInt(65536);
      default -> random.nextInt(24);
    };
  }

  private List<long[]> writePaths(TestGuest guest) throws WasiError {
    byte[] noise = new byte[4096];
    random.nextBytes(noise);
    guest.memory().write(0, noise, 0, noise.length);
    List<long[]> paths = new ArrayList<>();
    long at = 4096;
    for (String path : PATHS) {
      byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
      guest.memory().write(at, bytes, 0, bytes.length);
      paths.add(new long[] {at, bytes.length});
      at += bytes.length;
    }
    // Buffers that can be used, among those that cannot.
    for (int i = 0; i < 24; i += 8) {
      guest.memory().writeInt(i, 8192 + random.nextInt(1000));
      guest.memory().writeInt(i + 4L, random.nextInt(3000));
    }
    return paths;
  }

  private void makeOutside() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createDirectory(outside.resolve("directory"));
  }

  private void makeTree() throws IOException {
    root = temporary.resolve("root");
    if (Files.exists(root)) {
      try (SecureDirectoryStream<Path> directory = PrivateDirectory.open(root)) {
        DirectoryContents.delete(directory, PrivateDirectory.LOCK);
      }
    }
    Files.createDirectories(root.resolve("d/e"));
    Files.writeString(root.resolve("f"), "content");
    Files.writeString(root.resolve("d/f"), "content");
    Files.createSymbolicLink(root.resolve("l"), Path.of("d"));
    Files.createSymbolicLink(root.resolve("up"), Path.of("d/e"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(root.resolve("out"), Path.of("../outside"));
    Files.createSymbolicLink(root.resolve("secret"), Path.of("../outside/secret"));
    Files.createSymbolicLink(root.resolve("d/up"), Path.of("../../outside"));
  }

  /** All that is outside: names, types, contents and times. */
  private Map<String, String> manifest() throws IOException {
    Map<String, String> manifest = new TreeMap<>();
    try (Stream<Path> files = Files.walk(temporary.resolve("outside"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        manifest.put(
            temporary.relativize(file).toString(),
            Files.readAttributes(
                    file, "unix:mode,size,nlink,lastModifiedTime", LinkOption.NOFOLLOW_LINKS)
                + (Files.isRegularFile(file) ? Files.readString(file) : ""));
      }
    }
    try (Stream<Path> files = Files.list(temporary)) {
      manifest.put(
          "",
          files.map(Path::toString).filter(s -> !s.endsWith("root")).sorted().toList().toString());
    }
    return manifest;
  }

  private void assertNothingStaged() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(Staging.PREFIX));
    }
  }
}
