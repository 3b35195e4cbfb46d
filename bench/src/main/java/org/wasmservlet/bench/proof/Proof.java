package org.wasmservlet.bench.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasmservlet.bench.peers.PeerKind;
import org.wasmservlet.bench.peers.Runtimes;
import org.wasmservlet.bench.peers.Sample;

/**
 * Runs every program of a suite on ours and on a judge and compares bytes and ends. What was found
 * is kept in a file, so that a run goes on where the last one stopped.
 */
public final class Proof {
  private final Path folder;
  private final Path results;
  private final Map<String, String> known = new LinkedHashMap<>();

  private Proof(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.results = folder.resolve("results.tsv");
    if (Files.exists(results)) {
      Files.readAllLines(results).forEach(line -> known.put(line.split("\t")[0], line));
    }
  }

  /**
   * Compares.
   *
   * @param args what the sample's build says of the runtimes; a folder for them; a folder for what
   *     is found; {@code php}, {@code python}, {@code command} or one of {@link Scripts}; its
   *     folder; every how many of its programs; seconds that a program may take; minutes after
   *     which to stop; what is judged and the judge, each a {@link PeerKind}. The property {@code
   *     programs} is a part of the names of those wanted, or empty.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path runtimes = Path.of(args[1]).toAbsolutePath();
    Runtimes.unpack(Path.of(args[0]), runtimes);
    Suite suite =
        switch (args[3]) {
          case "php" -> new PhpTests();
          case "python" -> new PythonTests();
          case "command" -> Command.ofProperties();
          default -> Scripts.valueOf(args[3].toUpperCase(Locale.ROOT).replace('-', '_'));
        };
    PeerKind judged = PeerKind.of(args[8]);
    PeerKind judging = PeerKind.of(args[9]);
    String missing = judging.missing();
    if (missing != null) {
      throw new IOException(missing);
    }
    String pair =
        judged == PeerKind.OURS && judging == PeerKind.WASMTIME ? "" : "-" + judged + "-" + judging;
    Proof proof = new Proof(Path.of(args[2], args[3] + suite.variant() + pair).toAbsolutePath());
    Duration limit = Duration.ofSeconds(Long.parseLong(args[6]));
    long end = System.nanoTime() + Duration.ofMinutes(Long.parseLong(args[7])).toNanos();
    Path original = Path.of(args[4]).toAbsolutePath();
    try (Side ours =
            new Side(judged, suite, original, runtimes, proof.folder.resolve("ours"), limit);
        Side judge =
            new Side(judging, suite, original, runtimes, proof.folder.resolve("judge"), limit)) {
      proof.compare(
          ours, judge, System.getProperty("programs", ""), Integer.parseInt(args[5]), end);
    }
    proof.print();
  }

  private void compare(Side ours, Side judge, String wanted, int every, long end)
      throws IOException {
    List<Case> ourCases = ours.cases();
    List<Case> judgeCases = judge.cases();
    for (int i = 0; i < ourCases.size() && System.nanoTime() < end; i += every) {
      Case test = ourCases.get(i);
      if (test.name().contains(wanted) && !known.containsKey(test.name())) {
        record(test.name(), compare(test, judgeCases.get(i), ours, judge));
      }
    }
  }

  private Verdict compare(Case ourTest, Case judgeTest, Side ours, Side judge) throws IOException {
    if (!judgeTest.skip().isEmpty()
        && judge.run(judgeTest, judgeTest.skip()).output().stripLeading().startsWith("skip")) {
      return Verdict.SKIPPED;
    }
    Side.Result one = ours.run(ourTest);
    if (one.end().startsWith(Sample.NOT_FROZEN)) {
      System.out.println(ourTest.name() + "\t" + one.end());
      return Verdict.NOT_FROZEN;
    }
    Side.Result other = judge.run(judgeTest);
    if (one.end().equals(Side.LATE) || other.end().equals(Side.LATE)) {
      return Verdict.LATE;
    }
    if (one.equals(other)) {
      return ours.isEmpty(one) ? Verdict.EMPTY : Verdict.SAME;
    }
    keep(ourTest.name(), one, other);
    return ours.run(ourTest).equals(one) && judge.run(judgeTest).equals(other)
        ? Verdict.DIFFERENT
        : Verdict.UNREPEATABLE;
  }

  private void record(String name, Verdict verdict) throws IOException {
    String line = name + "\t" + verdict;
    known.put(name, line);
    Files.writeString(results, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (verdict == Verdict.DIFFERENT || verdict == Verdict.EMPTY || verdict == Verdict.LATE) {
      System.out.println(line);
    }
  }

  /** Both, for whoever looks into it. */
  private void keep(String name, Side.Result one, Side.Result other) throws IOException {
    String flat = name.replace('/', '_');
    Path kept = Files.createDirectories(folder.resolve("outputs"));
    Files.writeString(
        kept.resolve(flat + ".ours"), one.output() + "\n-- end: " + one.end(), ISO_8859_1);
    Files.writeString(
        kept.resolve(flat + ".judge"), other.output() + "\n-- end: " + other.end(), ISO_8859_1);
  }

  private void print() {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    known.values().forEach(l -> counts.merge(Verdict.valueOf(l.split("\t")[1]), 1, Integer::sum));
    System.out.println(known.size() + " programs: " + counts + ", in " + results);
  }
}
