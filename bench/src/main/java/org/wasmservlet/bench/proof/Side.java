package org.wasmservlet.bench.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.wasmservlet.bench.Folders;
import org.wasmservlet.bench.peers.Order;
import org.wasmservlet.bench.peers.Peer;
import org.wasmservlet.bench.peers.PeerKind;
import org.wasmservlet.bench.peers.Sample;

/** One of the two that run a suite, on a copy of its folder. */
final class Side implements AutoCloseable {
  /** How a program ended that took longer than it may. */
  static final String LATE = "late";

  /** How a program ended that took its process with it. */
  static final String DIED = "died";

  /** What a run gave. */
  record Result(String end, String output) {}

  private final PeerKind kind;
  private final Suite suite;
  private final Path module;
  private final Path runtimes;
  private final Map<String, Path> preopens;
  private final Path folder;
  private final Duration limit;
  private final ScheduledExecutorService killer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "kills peers that hang");
            thread.setDaemon(true);
            return thread;
          });
  private Peer peer;

  /**
   * Starts it.
   *
   * @param original the suite's folder
   * @param folder an own one, for the copy and the outputs
   */
  Side(PeerKind kind, Suite suite, Path original, Path runtimes, Path folder, Duration limit)
      throws IOException {
    this.kind = kind;
    this.suite = suite;
    this.runtimes = runtimes;
    this.module = runtimes.resolve(suite.module());
    this.folder = folder;
    this.limit = limit;
    if (!Files.exists(copy())) {
      Folders.copy(original, copy());
    }
    Files.createDirectories(root());
    this.preopens = new LinkedHashMap<>(suite.preopens(copy(), runtimes));
    // Some programs make files in the current directory.
    preopens.put("/", root());
    this.peer = Peer.start(kind, module);
  }

  List<Case> cases() throws IOException {
    return suite.cases(copy());
  }

  private Path root() {
    return folder.resolve("root");
  }

  private Path copy() {
    return folder.resolve("copy");
  }

  Result run(Case test) throws IOException {
    return run(test, test.arguments());
  }

  /** Runs in a root that has an empty /tmp and what the suite puts into it. */
  Result run(Case test, List<String> arguments) throws IOException {
    Folders.empty(root());
    Files.createDirectory(root().resolve("tmp"));
    suite.furnish(root(), copy(), runtimes);
    Set<Path> furniture = Set.copyOf(Folders.files(root()));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Files.writeString(out, "");
    Files.writeString(err, "");
    Path order = folder.resolve("order");
    new Order(
            arguments,
            test.environment(),
            preopens,
            "_start",
            test.stdin(),
            out,
            err,
            limit,
            kind == PeerKind.RESUMED ? test.opens() : null)
        .write(order);
    if (!peer.isAlive()) {
      peer.close();
      peer = Peer.start(kind, module);
    }
    // A program that waits in the host is not stopped by every peer.
    ScheduledFuture<?> hanging =
        killer.schedule(peer::close, 2 * limit.toMillis() + 10_000, TimeUnit.MILLISECONDS);
    List<Sample> samples = peer.run(1, order);
    hanging.cancel(false);
    String end = samples.isEmpty() ? DIED : samples.get(0).end();
    StringBuilder output = new StringBuilder(Files.readString(out, ISO_8859_1));
    output.append("\n-- standard error:\n").append(Files.readString(err, ISO_8859_1));
    keep(test.name(), out, furniture, output);
    return new Result(end.startsWith("trap") ? "trap" : end, suite.normalised(output.toString()));
  }

  /** Whether what ran tested nothing. */
  boolean isEmpty(Result result) {
    return suite.isEmpty(result.output());
  }

  /** Keeps standard output and the files that the program left in its root. */
  private void keep(String name, Path out, Set<Path> furniture, StringBuilder output)
      throws IOException {
    String flat = name.replace('/', '_');
    Path kept = Files.createDirectories(folder.resolve("outputs"));
    Files.copy(out, kept.resolve(flat + ".out"), StandardCopyOption.REPLACE_EXISTING);
    for (Path file : Folders.files(root())) {
      if (!furniture.contains(file)) {
        output.append("-- ").append(root().relativize(file)).append(":\n");
        output.append(Files.readString(file, ISO_8859_1));
        Files.copy(
            file,
            kept.resolve(flat + "." + file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public void close() {
    peer.close();
    killer.shutdownNow();
  }
}
