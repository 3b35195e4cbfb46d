package org.wasmservlet.compiler.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * wasmtime in a process of its own: {@code src/test/fuzz/judge.py}. A question is answered while
 * the one who asked does something else; its answer is taken before the next one is asked.
 */
final class Judge implements AutoCloseable {
  private static final Path PROGRAM = Path.of("src", "test", "fuzz", "judge.py");

  private final Process process;
  private final OutputStream questions;
  private final BufferedReader answers;

  /**
   * Starts it.
   *
   * @param python a Python 3 that has the package wasmtime
   */
  Judge(String python) throws IOException {
    process =
        new ProcessBuilder(python, PROGRAM.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    questions = process.getOutputStream();
    answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Asks whether a module is valid: {@code valid}, or {@code invalid} and why. */
  void askWhetherValid(byte[] binary) throws IOException {
    ask("validate " + binary.length, binary, List.of());
  }

  /** Asks what a module's functions do: the lines of an {@link Observation}. */
  void askWhatItDoes(RandomModule module, long seed, byte[] binary) throws IOException {
    List<String> steps = steps(module, seed);
    ask("run " + binary.length + " " + steps.size(), binary, steps);
  }

  private void ask(String header, byte[] binary, List<String> lines) throws IOException {
    questions.write((header + "\n").getBytes(UTF_8));
    questions.write(binary);
    questions.write(
        lines.stream().map(line -> line + "\n").collect(Collectors.joining()).getBytes(UTF_8));
    questions.flush();
  }

  /** The answer to what has been asked. */
  List<String> answer() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = answers.readLine(); !".".equals(line); line = answers.readLine()) {
      if (line == null) {
        throw new IOException("the judge has ended; its standard error says why");
      }
      lines.add(line);
    }
    return lines;
  }

  /**
   * What has been observed here in wasmtime's words: it has one for a call by an element beyond the
   * end and for an access to one.
   */
  static List<String> worded(List<String> lines) {
    return lines.stream()
        .map(line -> line.replace("undefined element", "out of bounds table"))
        .toList();
  }

  private static List<String> steps(RandomModule module, long seed) {
    List<String> steps = new ArrayList<>();
    List<long[]> arguments = Observation.arguments(module, seed);
    for (int call = 0; call < arguments.size(); call++) {
      int f = call / Observation.CALLS;
      Types.Signature signature = module.signature(module.imported + f);
      StringBuilder step = new StringBuilder("call f" + f + " " + signature.results().size());
      int next = 0;
      for (int type : signature.parameters()) {
        step.append(' ').append(Integer.toHexString(type));
        for (int i = Types.passed(List.of(type)).size(); i > 0; i--) {
          step.append(':').append(arguments.get(call)[next++]);
        }
      }
      steps.add(step.toString());
      if (call % Observation.CALLS == Observation.CALLS - 1) {
        steps.add("state");
      }
    }
    return steps;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
