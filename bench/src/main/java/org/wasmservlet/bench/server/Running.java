package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.wasmservlet.bench.Folders;

/**
 * A system that serves.
 *
 * @param kind which
 * @param port on the loopback address
 * @param children its processes, without those that they have started
 */
record Running(Kind kind, int port, List<Child> children) implements AutoCloseable {
  /** Compiling PHP and Python takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int POLL_MILLIS = 50;

  /** Starts a system of its own folder and waits until it serves. */
  static Running start(Kind kind, Options options, Site site, Tools tools)
      throws IOException, InterruptedException {
    Path folder = options.work().resolve(kind.word);
    Folders.empty(folder);
    System.out.println("starting " + kind.word);
    return kind.isOurs()
        ? OurSystem.start(kind, options, site, folder)
        : new Httpd(kind, site, tools, folder, options).start();
  }

  /** The port that a process writes to a file, as soon as it does. */
  static int awaitPort(Child child, Path file) throws IOException, InterruptedException {
    await(child, () -> Files.exists(file) && Files.size(file) > 0);
    return Integer.parseInt(Files.readString(file));
  }

  /** What tells that a system serves. */
  interface Condition {
    boolean holds() throws IOException;
  }

  static void await(Child child, Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (!child.isAlive() || System.nanoTime() > end) {
        throw new IOException("does not start: " + child.lastWords());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  ProcessTree processes() {
    return new ProcessTree(children.stream().map(Child::pid).toList());
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }
}
