package org.wasmservlet.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.wasmservlet.test.container.Guests;

/** Attacks by odd numbers, odd names, directories in odd places, and guests that work together. */
final class CunningAttacks {
  private CunningAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(
        attack(
            "all that would change a read-only directory",
            "read-only",
            CunningAttacks::nothing,
            "WasmMapDir",
            "/ ROOT\n/ro OUTSIDE ro\n/tmp tmp:"),
        attack(
            "from one directory into the other, and up from what was moved",
            "between",
            CunningAttacks::nothing,
            "WasmMapDir",
            "/ ROOT\n/d tmp:"),
        new Attack(
            "a directory that becomes a link before it is used",
            Guests.cunning(),
            "replaced",
            1,
            List.of("WasmMapDir", "/ tmp:\n/d ROOT/d"),
            CunningAttacks::replaceByALink,
            CunningAttacks::nothing),
        attack("the directory itself", "itself", CunningAttacks::nothing),
        attack("odd names", "names", CunningAttacks::nothing),
        attack("odd numbers", "numbers", CunningAttacks::nothing),
        attack("buffers that overlap", "overlaps", CunningAttacks::nothing),
        attack("descriptors under each other's numbers", "renumber", CunningAttacks::nothing),
        new Attack(
            "a socket and a pipe",
            Guests.cunning(),
            "specials",
            1,
            List.of(),
            CunningAttacks::makeSocketAndPipe,
            CunningAttacks::nothing),
        attack(
            "a private directory without end",
            "fill",
            // A megabyte: half of it for the file, 4 KB for each entry; error number 51 (NOSPC).
            result -> assertThat(result.body()).isEqualTo("524288 bytes, 127 entries, 51\ndone\n"),
            "WasmMapDir",
            "/ tmp:",
            "WasmMaxWritten",
            "1MB"));
  }

  private static Attack attack(
      String name, String query, Attack.Check check, String... initParams) {
    return new Attack(
        name, Guests.cunning(), query, 1, List.of(initParams), root -> () -> {}, check);
  }

  private static void nothing(Attack.Result result) {
    assertThat(result.statuses()).containsOnly(200);
    assertThat(result.bodies()).containsOnly("done\n");
  }

  /** As whoever may change the directory above could. */
  private static Closeable replaceByALink(Path root) throws Exception {
    Files.move(root.resolve("d"), root.resolve("moved"));
    Files.createSymbolicLink(root.resolve("d"), Path.of("../outside"));
    return () -> {};
  }

  private static Closeable makeSocketAndPipe(Path root) throws Exception {
    Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    assertThat(made.waitFor()).isZero();
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    // The path of a socket may not be long.
    Path shorter = Path.of("").toAbsolutePath().relativize(root.resolve("socket"));
    socket.bind(UnixDomainSocketAddress.of(shorter));
    return socket;
  }
}
