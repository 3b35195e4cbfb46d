package org.wasmservlet.bench.guests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.wasmservlet.bench.Folders;
import org.wasmservlet.bench.peers.PeerKind;
import org.wasmservlet.bench.peers.Sample;

/** One program on all peers: each is warmed up, then one after the other in every round. */
final class Contest {
  /** A peer this slow, in milliseconds, is warm after one run, and measured once. */
  private static final double SLOW = 5_000;

  /** Short programs run often enough that the clock's grain does not matter. */
  private static final double ROUND_MILLIS = 200;

  private static final int MOST_TIMES = 20;
  private static final int MOST_DEATHS = 3;

  /** What is compiled ahead, or does not get faster, is not warmed up for long. */
  private static final long QUICK_WARM_UP = 8_000_000_000L;

  private final Program program;
  private final Path module;
  private final Peers peers;
  private final Path scratch;
  private final Map<PeerKind, Series> series = new EnumMap<>(PeerKind.class);

  /**
   * Prepares it.
   *
   * @param scratch where programs may leave files; emptied
   */
  Contest(Program program, Path runtimes, Peers peers, Path scratch) {
    this.program = program;
    this.module = runtimes.resolve(program.module());
    this.peers = peers;
    this.scratch = scratch;
  }

  Row run(List<PeerKind> kinds, long warmUpNanos, int rounds) throws IOException {
    for (PeerKind kind : kinds) {
      if (isBeyond(kind)) {
        continue;
      }
      Series here = new Series();
      series.put(kind, here);
      // What others have left there is not this one's.
      Folders.empty(scratch);
      try {
        peers.start(kind, module);
        warmUp(kind, here, kind == PeerKind.OURS ? warmUpNanos : quick(warmUpNanos));
      } catch (IOException e) {
        System.err.println(program.name() + " on " + kind + ": " + e.getMessage());
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (PeerKind kind : Set.copyOf(series.keySet())) {
        if (!series.get(kind).warmUp.isEmpty()
            && (round == 0 || series.get(kind).median() < SLOW)) {
          measure(kind, series.get(kind));
        }
      }
    }
    peers.programEnds();
    return new Row(program, series);
  }

  /**
   * node:wasi takes preview 1's numbers for those of fd_seek; Chicory has no preview 0, and would
   * take half a minute for each run of each script.
   */
  private boolean isBeyond(PeerKind kind) {
    return kind == PeerKind.V8 && program.seeks()
        || kind == PeerKind.CHICORY && (program.isPreview0() || program.isOfSet());
  }

  private static long quick(long warmUpNanos) {
    return Math.min(warmUpNanos, QUICK_WARM_UP);
  }

  private void warmUp(PeerKind kind, Series here, long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    do {
      List<Sample> samples = peers.run(kind, 1, order(kind));
      here.warmUp.addAll(samples);
      if (samples.isEmpty()) {
        here.deaths++;
      } else if (here.output.isEmpty()) {
        here.output = digest(kind);
      }
    } while (System.nanoTime() < end && here.deaths < MOST_DEATHS && !here.isSteady());
  }

  private void measure(PeerKind kind, Series here) throws IOException {
    double last = here.warmUp.get(here.warmUp.size() - 1).totalMillis();
    int times = (int) Math.max(1, Math.min(MOST_TIMES, ROUND_MILLIS / Math.max(1, last)));
    List<Sample> samples = peers.run(kind, times, order(kind));
    if (samples.size() < times) {
      here.deaths++;
    }
    if (!samples.isEmpty()) {
      double instance = samples.stream().mapToLong(Sample::instanceNanos).average().orElseThrow();
      double run = samples.stream().mapToLong(Sample::runNanos).average().orElseThrow();
      here.measured.add(
          new Sample((long) instance, (long) run, samples.get(samples.size() - 1).end()));
    }
  }

  private Path order(PeerKind kind) throws IOException {
    Path file = beside(kind, "order");
    program.order(beside(kind, "out"), copies(kind)).write(file);
    return file;
  }

  private Map<String, Path> copies(PeerKind kind) throws IOException {
    Map<String, Path> copies = new HashMap<>();
    for (Map.Entry<String, Path> entry : program.copied().entrySet()) {
      Path copy = beside(kind, "copy-" + copies.size());
      if (!Files.exists(copy)) {
        Files.createDirectory(copy);
        try (Stream<Path> files = Files.list(entry.getValue())) {
          for (Path file : files.toList()) {
            Files.copy(file, copy.resolve(file.getFileName()));
          }
        }
      }
      copies.put(entry.getKey(), copy);
    }
    return copies;
  }

  private Path beside(PeerKind kind, String suffix) {
    return scratch.resolveSibling(scratch.getFileName() + "-" + kind + "." + suffix);
  }

  /** Of standard output and of the files that the program left. */
  private String digest(PeerKind kind) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(beside(kind, "out")));
      for (Path file : Folders.files(scratch)) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 4));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
