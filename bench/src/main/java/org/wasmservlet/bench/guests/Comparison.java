package org.wasmservlet.bench.guests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.bench.peers.Peer;
import org.wasmservlet.bench.peers.PeerKind;
import org.wasmservlet.bench.peers.Runtimes;

/**
 * Runs every program on every peer, alternating, and writes medians, ratios and targets. Fails if
 * two peers differ in a byte of output.
 */
public final class Comparison {
  /** How often a module is loaded from a prepared module. */
  private static final int STARTS = 3;

  private final Path runtimes;
  private final Path scratch;
  private final Starts starts = new Starts();
  private final List<Row> rows = new ArrayList<>();

  private Comparison(Path runtimes) throws IOException {
    this.runtimes = runtimes;
    this.scratch = Files.createDirectories(Files.createTempDirectory("bench").resolve("out"));
  }

  /**
   * Compares.
   *
   * @param args the sample's folder; a folder for what is made; a folder for the results; seconds
   *     to warm up each peer at most; rounds; peers, separated by commas, ours first. The property
   *     {@code programs} is a part of the names of those wanted, or empty; {@code scripts} a folder
   *     with more scripts, or empty.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path sample = Path.of(args[0]).toAbsolutePath().normalize();
    Path made = Path.of(args[1]).toAbsolutePath();
    Path runtimes = made.resolve("runtimes");
    Files.createDirectories(runtimes);
    Runtimes.unpack(sample.resolve("target/classes/runtimes.properties"), runtimes);
    Comparison comparison = new Comparison(runtimes);
    List<PeerKind> peers = present(args[5]);
    String wanted = System.getProperty("programs", "");
    Path guests = Path.of("src/main/guests").toAbsolutePath();
    List<Program> programs = Programs.all(guests, runtimes, comparison.scratch);
    if ("php WordPress".contains(wanted)) {
      try {
        programs.add(WordPress.frontPage(sample, made.resolve("wordpress"), runtimes));
      } catch (IOException e) {
        System.err.println("WITHOUT WordPress: " + e.getMessage());
      }
    }
    programs.addAll(ScriptSet.in(guests.resolve("scripts"), guests, runtimes));
    String more = System.getProperty("scripts", "");
    if (!more.isEmpty()) {
      programs.addAll(ScriptSet.in(Path.of(more).toAbsolutePath(), guests, runtimes));
    }
    List<String> names = programs.stream().map(Program::name).toList();
    programs.removeIf(program -> !program.name().contains(wanted));
    if (programs.isEmpty()) {
      throw new IllegalArgumentException("no program is called " + wanted + "; there are " + names);
    }
    comparison.run(
        programs,
        peers,
        Duration.ofSeconds(Long.parseLong(args[3])).toNanos(),
        Integer.parseInt(args[4]));
    if (peers.contains(PeerKind.OURS)) {
      comparison.startAgain();
    }
    comparison.report(peers, Path.of(args[2]));
  }

  /** What this machine has of what was asked for. */
  private static List<PeerKind> present(String names) {
    List<PeerKind> present = new ArrayList<>();
    for (String name : names.split(",")) {
      PeerKind kind = PeerKind.of(name);
      String missing = kind.missing();
      if (missing == null) {
        present.add(kind);
      } else {
        System.err.println("WITHOUT " + kind + ": " + missing);
      }
    }
    return present;
  }

  private void run(List<Program> programs, List<PeerKind> kinds, long warmUpNanos, int rounds)
      throws IOException {
    try (Peers peers = new Peers(starts)) {
      for (Program program : programs) {
        Row row = new Contest(program, runtimes, peers, scratch).run(kinds, warmUpNanos, rounds);
        rows.add(row);
        System.out.println(new Report(kinds, List.of(row), starts).line(row));
      }
    }
  }

  /** Starts again what was started, with what one more start has left. */
  private void startAgain() throws IOException {
    for (String module : List.copyOf(starts.modules())) {
      Path file = runtimes.resolve(module);
      Peer.start(PeerKind.PREPARED, file).close();
      for (int i = 0; i < STARTS; i++) {
        try (Peer peer = Peer.start(PeerKind.PREPARED, file)) {
          starts.add(PeerKind.PREPARED, file, peer.ready());
        }
      }
    }
  }

  private void report(List<PeerKind> peers, Path results) throws IOException {
    List<String> lines = new Report(peers, rows, starts).lines();
    lines.forEach(System.out::println);
    Files.createDirectories(results);
    Files.write(results.resolve("comparison.md"), lines);
    List<String> different =
        rows.stream().filter(row -> !row.isSame()).map(row -> row.program().name()).toList();
    if (!different.isEmpty()) {
      throw new AssertionError("outputs differ: " + different);
    }
  }
}
