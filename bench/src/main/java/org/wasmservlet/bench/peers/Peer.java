package org.wasmservlet.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that runs programs of one module as often as it is told to, and says what each took.
 */
public final class Peer implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;
  private final Ready ready;

  private Peer(Process process, BufferedReader answers, BufferedWriter orders, Ready ready) {
    this.process = process;
    this.answers = answers;
    this.orders = orders;
    this.ready = ready;
  }

  /**
   * Starts a process.
   *
   * @param kind what runs the module
   * @param module a .wasm file
   */
  public static Peer start(PeerKind kind, Path module) throws IOException {
    List<String> command = kind.command(module);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = answers.readLine();
    if (!Ready.is(line)) {
      process.destroyForcibly();
      throw new IOException(kind + " did not start: " + line);
    }
    BufferedWriter orders =
        new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    return new Peer(process, answers, orders, Ready.parse(line));
  }

  /** What loading the module cost. */
  public Ready ready() {
    return ready;
  }

  /**
   * Runs a program; fewer samples come back if the process died of it.
   *
   * @param order a file that {@link Order} has written
   */
  public List<Sample> run(int times, Path order) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try {
      orders.write(times + " " + order + "\n");
      orders.flush();
    } catch (IOException e) {
      return samples;
    }
    String line;
    while ((line = answers.readLine()) != null && !line.equals(".")) {
      samples.add(Sample.parse(line));
    }
    return samples;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
