package org.wasmservlet.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wasmservlet.compiler.Chunks;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.CompiledMachine;
import org.wasmservlet.compiler.ModuleParser;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;

/**
 * Random modules do on the compiler, at three sizes of methods, what they do on Chicory's
 * interpreter, or what they do at another size. {@code -Dfuzz.modules=} how many, {@code
 * -Dfuzz.seed=} from which.
 */
class DifferentialTest {
  private static final int MODULES = Integer.getInteger("fuzz.modules", 150);
  private static final int REPORT_EVERY = 1_000;

  private final List<WasmCompiler> compilers =
      Arrays.stream(Chunks.values()).map(size -> size.compiler().withThreads(1)).toList();

  private int values;
  private int traps;
  private int exceptions;

  private interface Comparison {
    void run(long seed) throws IOException;
  }

  @Test
  void doesWhatTheInterpreterDoes() throws IOException {
    run(this::compare);
  }

  /** The interpreter has no vectors: what one size does, the others do. */
  @Test
  void doesTheSameWithVectorsAtEverySize() throws IOException {
    run(this::compareSizes);
  }

  private void run(Comparison comparison) throws IOException {
    long first = Long.getLong("fuzz.seed", 1);
    for (int i = 1; i <= MODULES; i++) {
      comparison.run(first + i - 1);
      if (i % REPORT_EVERY == 0 || i == MODULES) {
        System.out.printf(
            "%d modules, -Dfuzz.seed=%d: %d calls gave values, %d trapped, %d threw%n",
            i, first, values, traps, exceptions);
      }
    }
    assertThat(values).isGreaterThan(3 * traps);
    assertThat(traps).isPositive();
    assertThat(exceptions).isPositive();
  }

  private void compare(long seed) throws IOException {
    RandomModule generated = new RandomModule(seed, Palette.NUMBERS);
    byte[] binary = generated.toBytes();
    WasmModule module = ModuleParser.parse(binary);
    Observation expected = new Observation(generated, seed);
    expected.run(Instance.builder(module).withTableFactory(Observation::table));
    values += expected.values();
    traps += expected.traps();
    exceptions += expected.exceptions();
    for (WasmCompiler compiler : compilers) {
      // By turns from what Chicory has parsed and from the bytes.
      CompiledCode code =
          seed % 2 == 0 ? compiler.compile(module) : compiler.compile(WasmBinary.parse(binary));
      compare(generated, seed, binary, code, expected, compiler);
    }
  }

  private void compareSizes(long seed) throws IOException {
    RandomModule generated = new RandomModule(seed, Palette.VECTORS);
    byte[] binary = generated.toBytes();
    Observation expected = null;
    for (WasmCompiler compiler : compilers) {
      // One from what Chicory has parsed, the others from the bytes.
      CompiledCode code =
          expected == null
              ? compiler.compile(ModuleParser.parse(binary))
              : compiler.compile(WasmBinary.parse(binary));
      if (expected == null) {
        expected = new Observation(generated, seed);
        close(expected.run(code.builder()));
      } else {
        compare(generated, seed, binary, code, expected, compiler);
      }
    }
    values += expected.values();
    traps += expected.traps();
    exceptions += expected.exceptions();
  }

  private void compare(
      RandomModule generated,
      long seed,
      byte[] binary,
      CompiledCode code,
      Observation expected,
      WasmCompiler compiler)
      throws IOException {
    Observation observed = new Observation(generated, seed);
    close(observed.run(code.builder()));
    if (!observed.lines().equals(expected.lines())) {
      Path file = Path.of("target", "fuzz-" + seed + ".wasm");
      Files.write(file, binary);
      assertThat(observed.lines())
          .as(
              "-Dfuzz.seed=%d -Dfuzz.modules=1, %s, compiler %d",
              seed, file, compilers.indexOf(compiler))
          .isEqualTo(expected.lines());
    }
  }

  /** An assertion compares what is left of its memory with what the next one begins with. */
  private static void close(Instance instance) {
    ((CompiledMachine) instance.getMachine()).close();
  }
}
