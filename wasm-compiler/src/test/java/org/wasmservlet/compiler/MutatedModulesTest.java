package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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
      byte[] mutated = mutate(modules.get(random.nextInt(modules.size())), random);
      String verdict = verdict(mutated, seed + i);
      if (verdict.equals("valid")) {
        compiled++;
      }
      if (FOLDER != null) {
        Files.write(Path.of(FOLDER, (seed + i) + "-" + verdict + ".wasm"), mutated);
      }
    }
    System.out.printf("%d of %d mutated modules were valid%n", compiled, MUTATIONS);
    assertThat(compiled).isBetween(MUTATIONS / 50, MUTATIONS / 2);
  }

  private String verdict(byte[] mutated, long seed) {
    try {
      compiler.compile(WasmBinary.parse(mutated));
      return "valid";
    } catch (MalformedException | InvalidException e) {
      assertThat(e).hasMessageMatching("(?s).+");
      return "invalid";
    } catch (UnsupportedFeatureException e) {
      return "unsupported";
    } catch (ModuleLimitException e) {
      return "limit";
    } catch (ChicoryException e) {
      // Of another section than the code.
      return "invalid";
    } catch (RuntimeException | Error e) {
      throw new AssertionError("-Dfuzz.seed=" + seed + " -Dfuzz.mutations=1", e);
    }
  }

  private static byte[] mutate(byte[] module, SplittableRandom random) {
    byte[] mutated =
        random.nextInt(8) == 0
            ? Arrays.copyOf(module, random.nextInt(module.length))
            : module.clone();
    if (mutated.length == module.length) {
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        mutated[8 + random.nextInt(module.length - 8)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return mutated;
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
