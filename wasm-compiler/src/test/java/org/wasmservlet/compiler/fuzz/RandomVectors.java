package org.wasmservlet.compiler.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.wasmservlet.compiler.ir.VectorOperator;
import org.wasmservlet.compiler.ir.VectorOperator.Kind;
import org.wasmservlet.compiler.ir.VectorOperators;

/**
 * Vector instructions, but for constants, and relaxed ones, which are not the same everywhere: the
 * compiler's own table tells what they take and give.
 */
final class RandomVectors {
  private static final int FIRST_RELAXED = 0x100;

  private static final List<String> KEEP_BITS =
      List.of("abs", "neg", "eq", "ne", "lt", "gt", "le", "ge", "pmin", "pmax", "splat");

  /** By what they give; 0 for nothing. */
  private static final Map<Integer, List<VectorOperator>> BY_RESULT = new HashMap<>();

  static {
    IntStream.range(0, FIRST_RELAXED)
        .mapToObj(VectorOperators::of)
        .filter(op -> op != null && op.kind() != Kind.CONST)
        .forEach(op -> BY_RESULT.computeIfAbsent(result(op), key -> new ArrayList<>()).add(op));
  }

  private RandomVectors() {}

  private static int result(VectorOperator op) {
    byte[] results = op.type().results();
    return results.length == 0 ? 0 : results[0];
  }

  /** One that gives a value of a type, or none for type 0. */
  static VectorOperator operator(int result, Random random) {
    List<VectorOperator> all = BY_RESULT.get(result);
    return all.get(random.nextInt(all.size()));
  }

  /** Whether its result may have NaNs whose bits are not the same everywhere. */
  static boolean makesNaN(VectorOperator op) {
    String name = op.name().substring(op.name().indexOf('.') + 1);
    return op.shape().charAt(0) == 'f'
        && result(op) == Types.V128
        && op.kind() != Kind.REPLACE
        && !KEEP_BITS.contains(name);
  }

  /** The lanes of a shuffle: mostly such as compilers make. */
  static void lanes(Binary out, Random random) {
    int width = 1 << random.nextInt(4);
    int step = random.nextInt(4);
    int first = random.nextInt(32);
    for (int lane = 0; lane < 16; lane += width) {
      int from =
          switch (step) {
            case 0 -> lane / 2 / width * width + (lane / width & 1) * 16;
            case 1 -> first + lane;
            case 2 -> first + 2 * lane;
            default -> random.nextInt(32);
          };
      for (int i = 0; i < width; i++) {
        out.op(from + i & 31);
      }
    }
  }
}
