package org.wasmservlet.bench.guests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wasmservlet.bench.peers.Peer;
import org.wasmservlet.bench.peers.PeerKind;
import org.wasmservlet.bench.peers.Ready;
import org.wasmservlet.bench.peers.Runtimes;
import org.wasmservlet.bench.peers.Sample;

/**
 * Runs every program on every peer, alternating, and prints medians and ratios. Fails if two peers
 * differ in a byte of output.
 */
public final class Comparison {
  private static final int ROUNDS = 5;
  private static final double STEADY = 1.15;
  private static final int WINDOW = 40;

  /** A peer this slow is not measured in every round. */
  private static final double SLOW_MILLIS = 5_000;

  private final Path guests = Path.of("src/main/guests").toAbsolutePath();
  private final Path runtimes;
  private final Path scratch;
  private final long warmUpNanos;
  private final List<String> peers;

  private Comparison(Path runtimes, long warmUpSeconds, List<String> peers) throws IOException {
    this.runtimes = runtimes.toAbsolutePath();
    this.scratch = Files.createTempDirectory("wasm-bench");
    this.warmUpNanos = warmUpSeconds * 1_000_000_000L;
    this.peers = peers;
  }

  /**
   * Compares.
   *
   * @param args what the sample's build says of the runtimes; a folder for them; seconds to warm up
   *     each peer at most; peers, separated by commas; part of the names of the programs wanted
   *     (all)
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path runtimes = Path.of(args[1]);
    Runtimes.unpack(Path.of(args[0]), runtimes);
    Comparison comparison =
        new Comparison(runtimes, Long.parseLong(args[2]), List.of(args[3].split(",")));
    String wanted = args.length > 4 ? args[4] : "";
    System.out.println(
        "| program | peer | first, ms | warm, ms (min to max) | of it instance | ours / peer"
            + " | steady after | load, s | heap kept, MB | output |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    boolean same = true;
    for (Program program :
        Program.all(comparison.guests, comparison.runtimes, comparison.scratch)) {
      if (program.name().contains(wanted)) {
        same &= comparison.compare(program);
      }
    }
    if (!same) {
      throw new AssertionError("outputs differ");
    }
  }

  /** What is known of a program on a peer. */
  private static final class Series {
    final List<Sample> warmUp = new ArrayList<>();
    final List<Sample> measured = new ArrayList<>();
    Ready ready;
    String output = "";
    int deaths;

    double median() {
      double[] sorted = measured.stream().mapToDouble(Sample::totalMillis).sorted().toArray();
      return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    double bound(boolean upper) {
      double[] sorted = measured.stream().mapToDouble(Sample::totalMillis).sorted().toArray();
      return sorted.length == 0 ? Double.NaN : sorted[upper ? sorted.length - 1 : 0];
    }

    double instance() {
      double[] sorted =
          measured.stream().mapToDouble(s -> s.instanceNanos() / 1e6).sorted().toArray();
      return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** No gain in the last runs over those before. */
    boolean isSteady() {
      int runs = warmUp.size();
      return runs >= 4 * WINDOW
          && medianOf(runs - WINDOW, runs) > 0.98 * medianOf(runs - 2 * WINDOW, runs - WINDOW);
    }

    private double medianOf(int from, int to) {
      double[] sorted =
          warmUp.subList(from, to).stream().mapToDouble(Sample::totalMillis).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    /** The first run from which a median of three is near what was measured in the end. */
    String steadyAfter() {
      double bound = median() * STEADY;
      for (int i = 0; i + 3 <= warmUp.size(); i++) {
        if (medianOf(i, i + 3) <= bound) {
          return Integer.toString(i);
        }
      }
      return "> " + warmUp.size();
    }
  }

  private boolean compare(Program program) throws IOException {
    Map<String, Series> all = new LinkedHashMap<>();
    Map<String, Peer> running = new LinkedHashMap<>();
    try {
      for (String name : peers) {
        if (name.equals("v8") && program.seeks() && program.unstable()) {
          // node:wasi takes preview 1's numbers for those of fd_seek: what is written is broken.
          continue;
        }
        Series series = new Series();
        all.put(name, series);
        try {
          Peer peer = start(name, program);
          running.put(name, peer);
          series.ready = peer.ready();
          warmUp(name, program, running, series);
        } catch (IOException e) {
          System.err.println(program.name() + " on " + name + ": " + e.getMessage());
        }
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (String name : List.copyOf(running.keySet())) {
          if (round > 1 && all.get(name).median() > SLOW_MILLIS) {
            continue;
          }
          measure(name, program, running, all.get(name));
        }
      }
    } finally {
      running.values().forEach(Peer::close);
    }
    double ours = all.get("ours").median();
    all.forEach((name, series) -> print(program, name, series, ours));
    return all.values().stream().map(s -> s.output).filter(o -> !o.isEmpty()).distinct().count()
        <= 1;
  }

  private void warmUp(String name, Program program, Map<String, Peer> running, Series series)
      throws IOException {
    long end = System.nanoTime() + warmUpNanos;
    while (System.nanoTime() < end && series.deaths < 3 && !series.isSteady()) {
      List<Sample> samples = running.get(name).run(1, order(name, program));
      series.warmUp.addAll(samples);
      if (samples.isEmpty()) {
        series.deaths++;
        revive(name, program, running);
      }
    }
    series.output = series.warmUp.isEmpty() ? "" : digest(name);
  }

  /** Short programs run often enough that the clock's grain does not matter. */
  private void measure(String name, Program program, Map<String, Peer> running, Series series)
      throws IOException {
    if (series.warmUp.isEmpty()) {
      return;
    }
    double last = series.warmUp.get(series.warmUp.size() - 1).totalMillis();
    int times = (int) Math.max(1, Math.min(20, 200 / Math.max(1, last)));
    List<Sample> samples = running.get(name).run(times, order(name, program));
    if (!samples.isEmpty()) {
      double instance = samples.stream().mapToLong(Sample::instanceNanos).average().orElseThrow();
      double run = samples.stream().mapToLong(Sample::runNanos).average().orElseThrow();
      series.measured.add(
          new Sample((long) instance, (long) run, samples.get(samples.size() - 1).end()));
    }
    if (!running.get(name).isAlive()) {
      series.deaths++;
      revive(name, program, running);
    }
  }

  private void revive(String name, Program program, Map<String, Peer> running) throws IOException {
    running.get(name).close();
    Peer peer = start(name, program);
    running.put(name, peer);
    peer.run(5, order(name, program));
  }

  private void print(Program program, String name, Series s, double ours) {
    if (s.measured.isEmpty()) {
      System.out.printf("| %s | %s | does not run |||||||%n", program.name(), name);
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %.1f (%.1f to %.1f) | %.1f | %.2f | %s | %.1f | %s | exit %s, %s%s |%n",
        program.name(),
        name,
        s.warmUp.get(0).totalMillis(),
        s.median(),
        s.bound(false),
        s.bound(true),
        s.instance(),
        ours / s.median(),
        s.steadyAfter(),
        s.ready.wallNanos() / 1e9,
        s.ready.heapBytes() < 0 ? "-" : Long.toString(s.ready.heapBytes() >> 20),
        s.measured.get(0).end(),
        s.output,
        s.deaths > 0 ? ", " + s.deaths + " crashes of the peer" : "");
  }

  private Path output(String name) {
    return scratch.resolveSibling(scratch.getFileName() + "-" + name + ".out");
  }

  /** Of standard output and of the files that the program left; those are removed. */
  private String digest(String name) throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(output(name)));
      for (Path file : files.sorted().collect(Collectors.toList())) {
        digest.update(Files.readAllBytes(file));
        Files.delete(file);
      }
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 4));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Peer start(String name, Program program) throws IOException {
    return Peer.start(PeerKind.of(name), runtimes.resolve(program.module()));
  }

  private Path order(String name, Program program) throws IOException {
    Path file = output(name + "-order");
    program.order(output(name)).write(file);
    return file;
  }
}
