package org.wasmservlet.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.WasmCompiler;

/**
 * Random modules do on the compiler, at three sizes of methods, what they do on Chicory's
 * interpreter. {@code -Dfuzz.modules=} how many, {@code -Dfuzz.seed=} from which.
 */
class DifferentialTest {
  private static final int MODULES = Integer.getInteger("fuzz.modules", 150);

  private final List<WasmCompiler> compilers =
      List.of(
          WasmCompiler.create().withThreads(1),
          WasmCompiler.create().withThreads(1).withChunkBytes(100),
          WasmCompiler.create().withThreads(1).withoutSplitting());

  @Test
  void doesWhatTheInterpreterDoes() throws IOException {
    long first = Long.getLong("fuzz.seed", 1);
    System.out.println(MODULES + " modules, -Dfuzz.seed=" + first);
    int values = 0;
    int traps = 0;
    for (long seed = first; seed < first + MODULES; seed++) {
      RandomModule generated = new RandomModule(seed);
      byte[] binary = generated.toBytes();
      WasmModule module = Parser.parse(binary);
      List<String> expected = observe(Instance.builder(module).build(), generated, seed);
      for (String line : expected) {
        values += line.startsWith("[") ? 1 : 0;
        traps += line.startsWith("trap") ? 1 : 0;
      }
      for (WasmCompiler compiler : compilers) {
        CompiledCode code = compiler.compile(module);
        Instance instance =
            Instance.builder(module)
                .withMachineFactory(code.machineFactory())
                .withMemoryFactory(code.memoryFactory()::apply)
                .build();
        List<String> observed = observe(instance, generated, seed);
        if (!observed.equals(expected)) {
          Path file = Path.of("target", "fuzz-" + seed + ".wasm");
          Files.write(file, binary);
          assertThat(observed)
              .as(
                  "-Dfuzz.seed=%d -Dfuzz.modules=1, %s, compiler %d",
                  seed, file, compilers.indexOf(compiler))
              .isEqualTo(expected);
        }
      }
    }
    System.out.println(values + " calls gave values, " + traps + " trapped");
    assertThat(values).isGreaterThan(MODULES / 2);
    assertThat(traps).isPositive();
  }

  private static List<String> observe(Instance instance, RandomModule module, long seed) {
    Random random = new Random(~seed);
    List<String> seen = new ArrayList<>();
    for (int f = 0; f < module.signatures.length; f++) {
      int[] parameters = RandomModule.SIGNATURES[module.signatures[f]][0];
      for (int call = 0; call < 3; call++) {
        long[] arguments = new long[parameters.length];
        for (int p = 0; p < arguments.length; p++) {
          arguments[p] = argument(parameters[p], random);
        }
        instance.exports().global("g0").setValue(RandomModule.FUEL);
        seen.add(call(instance, "f" + f, RandomModule.SIGNATURES[module.signatures[f]], arguments));
        for (int g = 0; g < RandomModule.GLOBALS; g++) {
          long value = instance.exports().global("g" + g).getValue();
          // The upper half of 32 bits means nothing to Chicory.
          seen.add("g" + g + "=" + (g == 2 || g == 4 ? value : (int) value));
        }
        int pages = instance.memory().pages();
        seen.add(pages + ":" + Arrays.hashCode(instance.memory().readBytes(0, pages * 65_536)));
      }
    }
    return seen;
  }

  private static long argument(int type, Random random) {
    return switch (type) {
      case RandomModule.I32 -> random.nextInt() >> random.nextInt(32) & 0xFFFFFFFFL;
      case RandomModule.I64 -> random.nextLong() >> random.nextInt(64);
      case RandomModule.F32 -> Float.floatToIntBits((float) random.nextGaussian() * 100);
      default -> Double.doubleToLongBits(random.nextGaussian() * 1e9);
    };
  }

  private static String call(Instance instance, String name, int[][] signature, long[] arguments) {
    try {
      long[] results = instance.export(name).apply(arguments);
      for (int i = 0; i < signature[1].length; i++) {
        if (signature[1][i] == RandomModule.I32 || signature[1][i] == RandomModule.F32) {
          results[i] = (int) results[i];
        }
      }
      return results == null ? "[]" : Arrays.toString(results);
    } catch (ChicoryException e) {
      return "trap " + kind(String.valueOf(e.getMessage()));
    }
  }

  /** The engines word some of them differently. */
  private static String kind(String message) {
    for (String kind :
        List.of(
            "out of bounds memory",
            "divide by zero",
            "integer overflow",
            "invalid conversion",
            "unreachable",
            "indirect call type mismatch",
            "undefined element",
            "uninitialized element")) {
      if (message.contains(kind)) {
        return kind;
      }
    }
    return message;
  }
}
