package org.wasmservlet.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.wasmservlet.test.container.Guests;

/** All attacks: on the directory, on the host itself, on each limit. */
final class Attacks {
  private static final String MEGABYTE = "1MB";

  private Attacks() {}

  static Stream<Attack> all() {
    return Stream.of(onTheDirectory(), onTheHost(), onTheLimits()).flatMap(attacks -> attacks);
  }

  private static Stream<Attack> onTheDirectory() {
    return Stream.of(
        attack(
            "a link on the way",
            "paths&out/secret&out/new&out/directory&out/directory/inner&d/out/secret&absolute/secret"
                + "&chain/secret&d/../out/secret&out/../outside/secret&out/.&out/..",
            Attacks::nothingSucceeded),
        attack(
            "dots and absolute paths",
            "paths&../outside/secret&../outside/new&d/../../outside/secret&/etc/passwd"
                + "&//etc/passwd&d/./.././../outside/directory&..",
            Attacks::nothingSucceeded),
        attack("a link at the end", "paths&secret&secret-absolute&dangling", Attacks::onlyItself),
        attack("a link relative to the JVM's working directory", "paths&cwd", Attacks::onlyItself),
        attack("links of the guest's own, moved to another depth", "own-links", Attacks::nothing),
        attack(
            "a backslash",
            "paths&..%5Coutside%5Csecret",
            result -> {
              onlyItself(result);
              // It is a letter of a name here, and the file of that name is the guest's own.
              assertThat(result.successes()).contains("create ..\\outside\\secret: 8 ");
            }),
        attack("a file without rights", "rights&mine", Attacks::nothing),
        new Attack(
            "a read-only directory",
            Guests.hostile(),
            "paths&mine&d/file&d&new&d/new&out/secret&secret",
            1,
            List.of("WasmMapDir", "/ ROOT ro"),
            root -> () -> {},
            result -> {
              assertThat(result.rootUnchanged()).isTrue();
              assertThat(result.successes())
                  .isNotEmpty()
                  .allMatch(line -> line.matches("(read|directory|stat) (mine|d|d/file)(: .*)?"));
            }),
        new Attack(
            "a pipe and a device",
            Guests.hostile(),
            "paths&pipe&pipe/x&zero",
            1,
            List.of(),
            root -> {
              Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
              assertThat(made.waitFor()).isZero();
              return () -> {};
            },
            result ->
                assertThat(result.successes())
                    .noneMatch(line -> line.matches("(read|write|truncate) pipe.*"))
                    .noneMatch(line -> line.matches("(read|write|stat|truncate) zero.*"))),
        new Attack(
            "a directory that becomes a link meanwhile",
            Guests.hostile(),
            "race&20000",
            1,
            List.of(),
            DirectorySwap::start,
            result ->
                assertThat(result.body()).doesNotContain("escaped").endsWith("inside yes\ndone\n")),
        attack("sockets and descriptors of others", "sockets", Attacks::nothing));
  }

  private static Stream<Attack> onTheHost() {
    return Stream.of(
        repeated(
            "guessed random numbers",
            Guests.hostile(),
            "random",
            3,
            result -> assertThat(result.bodies()).doesNotHaveDuplicates()),
        repeated(
            "the end of the stack, in the host",
            Guests.hostile(),
            "dive",
            5,
            result -> {
              assertThat(result.statuses()).containsOnly(500);
              assertThat(result.log()).anyMatch(line -> line.contains("call stack exhausted"));
            }),
        new Attack(
            "a loop in a function that is interpreted",
            Guests.core("interpreted"),
            "",
            1,
            List.of("WasmEntryPoint", "br_if", "WasmTimeout", "300ms", "WasmEnableCGI", "Off"),
            root -> () -> {},
            result -> assertThat(result.status()).isEqualTo(504)),
        repeated(
            "a table that the next request would find grown",
            Guests.core("table"),
            "",
            3,
            result -> assertThat(result.statuses()).containsOnly(200),
            "WasmEnableCGI",
            "Off"),
        repeated(
            "a second memory",
            Guests.core("memories"),
            "",
            1,
            result -> assertThat(result.log()).anyMatch(line -> line.endsWith("exit code 10")),
            "WasmEnableCGI",
            "Off",
            "WasmMemoryLimit",
            "640KB"),
        repeated(
            "a table without end",
            Guests.core("tables"),
            "",
            1,
            // 64 KB of linear memory are left over for them.
            result -> assertThat(result.log()).anyMatch(line -> line.endsWith("exit code 5")),
            "WasmEnableCGI",
            "Off",
            "WasmMemoryLimit",
            "128KB"),
        attack("buffers that wrap around", "large-buffers", Attacks::nothing),
        attack("a million buffers", "many-buffers", Attacks::nothing),
        repeated(
            "descriptors",
            Guests.hostile(),
            "descriptors",
            1,
            // Three streams and a directory are open; error number 33 (MFILE).
            result -> assertThat(result.body()).isEqualTo("16 33\ndone\n"),
            "WasmMaxOpenFiles",
            "20"),
        repeated(
            "sleep",
            Guests.hostile(),
            "sleep",
            1,
            result -> assertThat(result.status() == 504 || !result.whole()).isTrue(),
            "WasmTimeout",
            "300ms"),
        repeated(
            "a flood of log lines",
            Guests.hostile(),
            "flood",
            1,
            result -> {
              assertThat(result.log()).filteredOn(line -> line.endsWith("flood")).hasSize(500);
              assertThat(result.log())
                  .anyMatch(
                      line ->
                          line.endsWith("99,500 more lines were left out")
                              || line.endsWith("99500 more lines were left out"));
            }),
        repeated(
            "files of terabytes and writing without end",
            Guests.hostile(),
            "disk",
            1,
            result -> {
              // Error number 51 (NOSPC).
              assertThat(result.body()).isEqualTo("1048576 51\ndone\n");
              assertThat(Files.size(result.tree().root().resolve("mine"))).isEqualTo(1 << 16);
            },
            "WasmMaxWritten",
            MEGABYTE));
  }

  private static Stream<Attack> onTheLimits() {
    return Stream.of(
        repeated(
            "memory",
            Guests.hostile(),
            "memory",
            1,
            result ->
                assertThat(result.successes())
                    .hasSize(1)
                    .first()
                    .asString()
                    .matches("(5\\d|6[0-4]) pages"),
            "WasmMemoryLimit",
            "4MB"),
        repeated(
            "output",
            Guests.hostile(),
            "output",
            1,
            result -> {
              assertThat(result.whole()).isFalse();
              assertThat(result.body().length()).isLessThanOrEqualTo(1 << 20);
            },
            "WasmMaxOutput",
            MEGABYTE),
        repeated(
            "time",
            Guests.core("trap"),
            "",
            1,
            result -> assertThat(result.status()).isEqualTo(504),
            "WasmEnableCGI",
            "Off",
            "WasmEntryPoint",
            "spin",
            "WasmTimeout",
            "300ms"),
        repeated(
            "stack",
            Guests.hostile(),
            "dive",
            2,
            result -> {
              assertThat(result.statuses()).containsOnly(500);
              assertThat(result.log()).anyMatch(line -> line.contains("call stack exhausted"));
            },
            "WasmMaxStack",
            "256KB"));
  }

  private static Attack attack(String name, String query, Attack.Check check) {
    return repeated(name, Guests.hostile(), query, 1, check);
  }

  private static Attack repeated(
      String name,
      byte[] guest,
      String query,
      int requests,
      Attack.Check check,
      String... initParams) {
    return new Attack(name, guest, query, requests, List.of(initParams), root -> () -> {}, check);
  }

  private static void nothing(Attack.Result result) {
    assertThat(result.body()).isEqualTo("done\n");
  }

  private static void nothingSucceeded(Attack.Result result) {
    nothing(result);
    assertThat(result.rootUnchanged()).isTrue();
  }

  /** What is done to a link or a name is done to that alone, inside the directory. */
  private static void onlyItself(Attack.Result result) {
    assertThat(result.body()).doesNotContain(HostileTree.SECRET, "<?xml").endsWith("done\n");
  }

  /** Puts a link that leads outside into the place of a directory, and the directory back. */
  private static final class DirectorySwap implements Closeable {
    private final Path root;
    private final Thread thread = new Thread(this::swap, "swaps a directory for a link");
    private volatile boolean over;
    private volatile IOException failure;

    private DirectorySwap(Path root) {
      this.root = root;
    }

    static Closeable start(Path root) {
      DirectorySwap swap = new DirectorySwap(root);
      swap.thread.start();
      return swap;
    }

    private void swap() {
      Path swapped = root.resolve("swapped");
      Path aside = root.resolve("aside");
      try {
        while (!over) {
          Files.move(swapped, aside);
          Files.createSymbolicLink(swapped, Path.of("../outside"));
          Files.delete(swapped);
          Files.move(aside, swapped);
        }
      } catch (IOException e) {
        failure = e;
      }
    }

    @Override
    public void close() throws IOException {
      over = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
