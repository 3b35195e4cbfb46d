package org.wasmservlet.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.wasmservlet.compiler.Chunks;
import org.wasmservlet.compiler.WasmCompiler;
import org.wasmservlet.compiler.fuzz.Mutation.Verdict;

/**
 * Random modules do what they do on wasmtime, and mutated ones are valid where it says so. {@code
 * -Dfuzz.judge=} is a Python 3 that has the package wasmtime, {@code -Dfuzz.modules=} how many,
 * {@code -Dfuzz.seed=} from which.
 */
@EnabledIfSystemProperty(
    named = "fuzz.judge",
    matches = ".+",
    disabledReason = "-Dfuzz.judge= names no Python with wasmtime")
class JudgedTest {
  private static final int MODULES = Integer.getInteger("fuzz.modules", 1_000);
  private static final long FIRST = Long.getLong("fuzz.seed", 1);
  private static final int REPORT_EVERY = 1_000;

  /** Differences after which to stop. */
  private static final int ENOUGH = 20;

  private final List<WasmCompiler> compilers =
      Arrays.stream(Chunks.values()).map(size -> size.compiler().withThreads(1)).toList();

  private final List<String> differences = new ArrayList<>();

  private int values;
  private int traps;
  private int exceptions;

  @Test
  void modulesDoWhatTheyDoOnWasmtime() throws IOException {
    try (Judge judge = new Judge(System.getProperty("fuzz.judge"))) {
      for (int i = 1; i <= MODULES && differences.size() < ENOUGH; i++) {
        compare(judge, FIRST + i - 1);
        if (i % REPORT_EVERY == 0 || i == MODULES) {
          System.out.printf(
              "%d modules, -Dfuzz.seed=%d: %d calls gave values, %d trapped, %d threw; %d differ%n",
              i, FIRST, values, traps, exceptions, differences.size());
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void mutatedModulesAreValidWhereWasmtimeSaysSo() throws IOException {
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    int legacy = 0;
    try (Judge judge = new Judge(System.getProperty("fuzz.judge"))) {
      for (int i = 0; i < MODULES && differences.size() < ENOUGH; i++) {
        long seed = FIRST + i;
        byte[] mutated = Mutation.of(seed);
        judge.askWhetherValid(mutated);
        Verdict verdict = Mutation.verdict(compilers.get(0), mutated, how(seed));
        verdicts.merge(verdict, 1, Integer::sum);
        String judged = judge.answer().get(0);
        boolean wanted = judged.startsWith("valid");
        if (judged.contains("legacy")) {
          // Which wasmtime has not.
          legacy++;
        } else if (verdict == Verdict.VALID && !wanted || verdict == Verdict.INVALID && wanted) {
          differs(seed, "mutated", mutated, verdict + " here; " + judged);
        }
      }
    }
    System.out.printf(
        "%d mutated modules, -Dfuzz.seed=%d: %s, %d with legacy exceptions; %d differ%n",
        MODULES, FIRST, verdicts, legacy, differences.size());
    assertThat(differences).isEmpty();
  }

  private void compare(Judge judge, long seed) throws IOException {
    RandomModule module = RandomModule.judged(seed, Palette.of(seed));
    byte[] binary = module.toBytes();
    judge.askWhatItDoes(module, seed, binary);
    List<Observation> observed = new ArrayList<>();
    for (WasmCompiler compiler : compilers) {
      observed.add(Observation.of(compiler, module, seed, binary));
    }
    // wasmtime has no legacy exceptions: what they do it does by those of WebAssembly 3.0.
    RandomModule twin = RandomModule.legacy(seed, Palette.of(seed));
    byte[] legacy = twin.toBytes();
    WasmCompiler inTurn = compilers.get((int) Math.floorMod(seed, (long) compilers.size()));
    observed.add(Observation.of(inTurn, twin, seed, legacy));
    List<String> expected = judge.answer();
    for (int i = 0; i < observed.size(); i++) {
      List<String> lines = Judge.worded(observed.get(i).lines());
      if (!lines.equals(expected)) {
        boolean isTwin = i == compilers.size();
        differs(
            seed,
            isTwin ? "legacy" : Chunks.values()[i].toString(),
            isTwin ? legacy : binary,
            difference(lines, expected));
      }
    }
    values += observed.get(0).values();
    traps += observed.get(0).traps();
    exceptions += observed.get(0).exceptions();
  }

  private static String difference(List<String> lines, List<String> expected) {
    int at = 0;
    while (at < Math.min(lines.size(), expected.size()) && lines.get(at).equals(expected.get(at))) {
      at++;
    }
    return "line %d is %s; on wasmtime %s"
        .formatted(
            at,
            at < lines.size() ? lines.get(at) : "missing",
            at < expected.size() ? expected.get(at) : "missing");
  }

  private static String how(long seed) {
    return "-Dfuzz.seed=" + seed + " -Dfuzz.modules=1";
  }

  private void differs(long seed, String what, byte[] binary, String difference)
      throws IOException {
    Path file = Path.of("target", "judged-" + seed + "-" + what + ".wasm");
    Files.write(file, binary);
    String line = how(seed) + ", " + file + ": " + difference;
    System.out.println(line);
    differences.add(line);
  }
}
