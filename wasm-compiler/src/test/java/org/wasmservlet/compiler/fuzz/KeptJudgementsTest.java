package org.wasmservlet.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.wasmservlet.compiler.Chunks;
import org.wasmservlet.compiler.WasmCompiler;

/**
 * Random modules do what they did on wasmtime when it was asked, and mutated ones are valid where
 * it said so. What differs is looked at beside wasmtime, by {@link JudgedTest}.
 *
 * <p>{@code -Dfuzz.keep=} is a Python 3 that has the package wasmtime: it is asked anew.
 */
class KeptJudgementsTest {
  private static final int MODULES = 300;

  private static final String AGAIN =
      "the seeds make other modules than when wasmtime was asked: "
          + "-Dtest=KeptJudgementsTest -Dfuzz.keep=PYTHON asks it again";

  private final List<WasmCompiler> compilers =
      Arrays.stream(Chunks.values()).map(size -> size.compiler().withThreads(1)).toList();

  @Test
  void modulesDoAtEverySizeWhatTheyDidOnWasmtime() throws IOException {
    List<Judgement> kept = Judgement.kept();
    assertThat(kept).hasSize(MODULES);
    for (Judgement judgement : kept) {
      long seed = judgement.seed();
      RandomModule module = RandomModule.judged(seed, Palette.of(seed));
      byte[] binary = module.toBytes();
      assertThat(Judgement.digest(binary)).as(AGAIN).isEqualTo(judgement.module());
      for (WasmCompiler compiler : compilers) {
        assertThat(done(compiler, module, seed, binary))
            .as(look(seed), Chunks.values()[compilers.indexOf(compiler)])
            .isEqualTo(judgement.behaviour());
      }
    }
  }

  /** wasmtime has none: what they do it did by those of WebAssembly 3.0. */
  @Test
  void modulesWithLegacyExceptionsDoWhatTheirTwinsDidOnWasmtime() throws IOException {
    for (Judgement judgement : Judgement.kept()) {
      long seed = judgement.seed();
      RandomModule module = RandomModule.legacy(seed, Palette.of(seed));
      WasmCompiler compiler = compilers.get((int) (seed % compilers.size()));
      assertThat(done(compiler, module, seed, module.toBytes()))
          .as(look(seed), "legacy")
          .isEqualTo(judgement.behaviour());
    }
  }

  @Test
  void mutatedModulesAreValidWhereWasmtimeSaidSo() throws IOException {
    List<String> differences = new ArrayList<>();
    int judged = 0;
    for (Judgement judgement : Judgement.kept()) {
      long seed = judgement.seed();
      byte[] mutated = Mutation.of(seed);
      assertThat(Judgement.digest(mutated)).as(AGAIN).isEqualTo(judgement.mutation());
      String verdict =
          Mutation.verdict(compilers.get(0), mutated, look(seed))
              .toString()
              .toLowerCase(Locale.ROOT);
      if (!judgement.verdict().equals("legacy") && verdict.endsWith("valid")) {
        judged++;
        if (!verdict.equals(judgement.verdict())) {
          differences.add(seed + ": " + verdict + " here, " + judgement.verdict() + " there");
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(judged).isGreaterThan(MODULES / 2);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "fuzz.keep",
      matches = ".+",
      disabledReason = "-Dfuzz.keep= names no Python with wasmtime")
  void asksWasmtimeAnew() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# What wasmtime says of random modules and of their mutations (Judgement.java).",
                "# bench/README.md tells how it is asked anew."));
    try (Judge judge = new Judge(System.getProperty("fuzz.keep"))) {
      for (long seed = 1; seed <= MODULES; seed++) {
        lines.add(Judgement.of(judge, seed).toString());
      }
    }
    Files.write(Path.of("src/test/resources").resolve(Judgement.RESOURCE), lines);
  }

  private static String done(WasmCompiler compiler, RandomModule module, long seed, byte[] binary) {
    return Judgement.digest(Judge.worded(Observation.of(compiler, module, seed, binary).lines()));
  }

  /** What to do about a difference. */
  private static String look(long seed) {
    return "-Dtest=JudgedTest -Dfuzz.judge=PYTHON -Dfuzz.modules=1 -Dfuzz.seed=" + seed + ", %s";
  }
}
