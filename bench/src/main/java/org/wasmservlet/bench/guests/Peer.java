package org.wasmservlet.bench.guests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.util.ArrayList;
import java.util.List;

/** A process that runs one program as often as it is told to, and says what each run took. */
final class Peer implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;

  /** What the process said of itself when it was ready: nanoseconds to load, bytes of heap. */
  final String ready;

  private Peer(Process process, BufferedReader answers, BufferedWriter orders, String ready) {
    this.process = process;
    this.answers = answers;
    this.orders = orders;
    this.ready = ready;
  }

  static Peer start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = answers.readLine();
    if (line == null || !line.startsWith("ready ")) {
      process.destroyForcibly();
      throw new IOException(command.get(0) + " did not start: " + line);
    }
    BufferedWriter orders =
        new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    return new Peer(process, answers, orders, line.substring("ready ".length()));
  }

  /** Runs the program; fewer samples come back if the process died of it. */
  List<Sample> run(int times) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try {
      orders.write(times + "\n");
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

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
