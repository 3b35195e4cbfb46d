package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The load generator: so many clients ask, each again as soon as it has its answer. */
final class Wrk {
  /** A whole Python for each of 64 clients takes its time. */
  private static final String TIMEOUT = "30s";

  private static final Duration GRACE = Duration.ofSeconds(40);

  private final Path wrk;
  private final Path log;

  Wrk(Path wrk, Path work) {
    this.wrk = wrk;
    this.log = work.resolve("wrk.log");
  }

  Load run(int port, Program program, int connections, int seconds)
      throws IOException, InterruptedException {
    Files.deleteIfExists(log);
    List<String> command =
        List.of(
            wrk.toString(),
            "--threads",
            "1",
            "--connections",
            Integer.toString(connections),
            "--duration",
            seconds + "s",
            "--timeout",
            TIMEOUT,
            "--script",
            Path.of("src/main/lua/load.lua").toAbsolutePath().toString(),
            "http://127.0.0.1:" + port + program.path,
            "--",
            program.method(),
            Integer.toString(program.bodyLength()));
    try (Child child = Child.start(command, Map.of(), log)) {
      child.await(Duration.ofSeconds(seconds).plus(GRACE));
    }
    return Load.parse(Files.readString(log));
  }
}
