package org.wasmservlet.test.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Scratch;

/** A server that listens on a free port, as the build has made it, in a JVM of its own. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path errors;
  private final String url;

  private ServerProcess(Process process, Path errors, String url) {
    this.process = process;
    this.errors = errors;
    this.url = url;
  }

  /** What a command that has ended has left. */
  record Ended(int exitCode, String out, String err) {}

  /** Starts one, and returns when it is ready. */
  static ServerProcess start(String... arguments) throws Exception {
    Path errors = Scratch.directory("server").resolve("stderr");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--port", "0"));
    Process process = begin(errors, all);
    BufferedReader out = process.inputReader(UTF_8);
    String url = out.readLine();
    if (url == null) {
      assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    }
    return new ServerProcess(process, errors, url);
  }

  /** Runs one that ends by itself. */
  static Ended run(String... arguments) throws Exception {
    Path errors = Scratch.directory("server").resolve("stderr");
    Process process = begin(errors, List.of(arguments));
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(errors));
  }

  private static Process begin(Path errors, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It ends before the better compiler would have paid.
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-jar",
                jar().toString()));
    command.addAll(arguments);
    if (!arguments.contains("--cache")) {
      command.addAll(
          List.of("--cache", Path.of("target/server-cache").toAbsolutePath().toString()));
    }
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../../wasm-server/target"))) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("wasm-server-[\\d.]+(-SNAPSHOT)?.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The first that it has printed. */
  String url() {
    return url;
  }

  int port() {
    return URI.create(url).getPort();
  }

  /** What it has said on standard error so far. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Waits until it has said something on standard error. */
  void awaitError(String part) throws Exception {
    Polling.await(PATIENCE, "the server says " + part, () -> errors().contains(part));
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Waits until it has ended. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
