package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A process that ends with this one, and all that it has started with it: on Ctrl-C and on a
 * failure too.
 */
final class Child implements AutoCloseable {
  private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();
  private static final int PATIENCE_SECONDS = 5;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Child::closeAll, "end-children"));
  }

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a process.
   *
   * @param log where its output goes
   */
  static Child start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Child child = new Child(builder.start(), log);
    RUNNING.add(child);
    return child;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  void await(Duration atMost) throws IOException, InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("still running after " + atMost + ": " + lastWords());
    }
    if (process.exitValue() != 0) {
      throw new IOException("exit code " + process.exitValue() + ": " + lastWords());
    }
  }

  /** What a person wants to see who is told that it failed. */
  String lastWords() throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  /** All are told first, so that their patience is spent at the same time. */
  private static void closeAll() {
    List<ProcessHandle> families =
        RUNNING.stream().flatMap(child -> child.process.descendants()).toList();
    RUNNING.forEach(child -> child.process.destroy());
    RUNNING.forEach(Child::close);
    families.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(this);
  }
}
