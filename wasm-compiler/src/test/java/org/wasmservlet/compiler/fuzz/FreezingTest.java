package org.wasmservlet.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wasmservlet.compiler.Chunks;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.CompiledMachine;
import org.wasmservlet.compiler.FrozenInstance;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.compiler.ModuleParser;
import org.wasmservlet.compiler.NotFrozenException;
import org.wasmservlet.compiler.WasmCompiler;

/**
 * Random modules that are frozen in a random call of the host, at three sizes of methods, do what
 * they do when they are not. {@code -Dfreeze.modules=} how many, {@code -Dfreeze.seed=} from which.
 */
class FreezingTest {
  private static final int MODULES = Integer.getInteger("freeze.modules", 100);
  private static final int REPORT_EVERY = 500;
  private static final int RESUMPTIONS = 2;

  /** Of each module, at most. */
  private static final int CALLS = 4;

  private final List<WasmCompiler> compilers =
      Arrays.stream(Chunks.values()).map(size -> size.compiler().withThreads(1)).toList();

  /** By reason: how many were refused. */
  private final Map<String, Integer> refused = new TreeMap<>();

  private int frozen;

  /** How many functions were on the stacks. */
  private int functions;

  @Test
  void doesWhatItDoesUnfrozen() throws IOException {
    long first = Long.getLong("freeze.seed", 1);
    for (int i = 1; i <= MODULES; i++) {
      compare(first + i - 1);
      if (i % REPORT_EVERY == 0 || i == MODULES) {
        System.out.printf(
            "%d modules, -Dfreeze.seed=%d: %d frozen, %d functions on their stacks, refused %s%n",
            i, first, frozen, functions, refused);
      }
    }
    assertThat(frozen).isGreaterThan(MODULES / 10);
    assertThat(functions).isGreaterThan(frozen);
    assertThat(refused.keySet())
        .allMatch(reason -> reason.contains("tail calls") || reason.contains("calls back"));
  }

  private void compare(long seed) throws IOException {
    RandomModule generated = new RandomModule(seed);
    byte[] binary = generated.toBytes();
    for (WasmCompiler compiler : compilers) {
      CompiledCode code = compiler.compile(ModuleParser.parse(binary));
      Observation expected = new Observation(generated, seed);
      close(expected.run(code.builder()));
      if (expected.hostCalls() == 0) {
        return;
      }
      Random random = new Random(seed);
      for (int call = 0; call < Math.min(CALLS, expected.hostCalls()); call++) {
        try {
          freeze(seed, generated, binary, compiler, code, expected, random);
        } catch (NotFrozenException e) {
          refused.merge(e.getMessage().replaceAll("function \\d+", "a function"), 1, Integer::sum);
        }
      }
    }
  }

  private void freeze(
      long seed,
      RandomModule generated,
      byte[] binary,
      WasmCompiler compiler,
      CompiledCode code,
      Observation expected,
      Random random)
      throws NotFrozenException, IOException {
    int at = random.nextInt(expected.hostCalls());
    Observation[] before = new Observation[1];
    FrozenInstance made =
        compiler
            .freezer(code, binary)
            .freeze(
                MemoryLimiter.UNLIMITED,
                (builder, point) -> {
                  before[0] = new Observation(generated, seed, at, point);
                  before[0].run(builder);
                });
    frozen++;
    functions += made.functions().size();
    for (int time = 0; time < RESUMPTIONS; time++) {
      Observation after = new Observation(generated, seed);
      close(after.resume(before[0], made.builder(MemoryLimiter.UNLIMITED), made::resume));
      check(seed, binary, compiler, expected, after);
    }
  }

  /** An assertion compares what is left of its memory with what the next one begins with. */
  private static void close(Instance instance) {
    ((CompiledMachine) instance.getMachine()).close();
  }

  private void check(
      long seed, byte[] binary, WasmCompiler compiler, Observation expected, Observation after)
      throws IOException {
    if (!after.lines().equals(expected.lines())) {
      Path file = Path.of("target", "freeze-" + seed + ".wasm");
      Files.write(file, binary);
      assertThat(after.lines())
          .as(
              "-Dfreeze.seed=%d -Dfreeze.modules=1, %s, compiler %d",
              seed, file, compilers.indexOf(compiler))
          .isEqualTo(expected.lines());
    }
  }
}
