package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wasmservlet.compiler.fuzz.Mutation;
import org.wasmservlet.compiler.fuzz.Mutation.Verdict;

/**
 * Modules of which bits are changed, or which end too early, are compiled or refused. {@code
 * -Dfuzz.mutations=} tries more, {@code -Dfuzz.seed=} others, {@code -Dfuzz.mutated=} is a folder
 * that gets all of them, with the verdict in the name, for another judge.
 */
class MutatedModulesTest {
  private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 3_000);
  private static final String FOLDER = System.getProperty("fuzz.mutated");

  private final WasmCompiler compiler = WasmCompiler.create().withThreads(1);

  @Test
  void areCompiledOrRefused() throws IOException, URISyntaxException {
    List<byte[]> modules = modules();
    long seed = Long.getLong("fuzz.seed", 1);
    int compiled = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      SplittableRandom random = new SplittableRandom(seed + i);
      byte[] mutated = Mutation.of(modules.get(random.nextInt(modules.size())), random);
      Verdict verdict =
          Mutation.verdict(compiler, mutated, "-Dfuzz.seed=" + (seed + i) + " -Dfuzz.mutations=1");
      if (verdict == Verdict.VALID) {
        compiled++;
      }
      if (FOLDER != null) {
        Files.write(Path.of(FOLDER, (seed + i) + "-" + verdict + ".wasm"), mutated);
      }
    }
    System.out.printf("%d of %d mutated modules were valid%n", compiled, MUTATIONS);
    assertThat(compiled).isBetween(MUTATIONS / 50, MUTATIONS / 2);
  }

  /** Our own guests and cases. */
  private static List<byte[]> modules() throws IOException, URISyntaxException {
    List<byte[]> modules = new ArrayList<>();
    for (String folder : List.of("/wast/built", "/guests")) {
      Path path = Path.of(MutatedModulesTest.class.getResource(folder).toURI());
      try (var files = Files.list(path)) {
        files
            .filter(file -> file.toString().endsWith(".wasm"))
            .sorted()
            .map(MutatedModulesTest::read)
            .filter(binary -> binary.length > 8)
            .forEach(modules::add);
      }
    }
    return modules;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
