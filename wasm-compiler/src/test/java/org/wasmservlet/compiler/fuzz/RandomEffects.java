package org.wasmservlet.compiler.fuzz;

import static org.wasmservlet.compiler.fuzz.Types.EXTERN;
import static org.wasmservlet.compiler.fuzz.Types.F32;
import static org.wasmservlet.compiler.fuzz.Types.F64;
import static org.wasmservlet.compiler.fuzz.Types.FUNC;
import static org.wasmservlet.compiler.fuzz.Types.I32;
import static org.wasmservlet.compiler.fuzz.Types.I64;

import java.util.ArrayList;
import java.util.List;

/** Random statements that change memory and tables. */
abstract class RandomEffects extends RandomValues {
  private static final int[][] STORES = {
    {0x36, I32, 2},
    {0x37, I64, 3},
    {0x38, F32, 2},
    {0x39, F64, 3},
    {0x3A, I32, 0},
    {0x3B, I32, 1},
    {0x3C, I64, 0},
    {0x3D, I64, 1},
    {0x3E, I64, 2}
  };

  RandomEffects(RandomModule module, int budget, boolean blocksWithParameters) {
    super(module, budget, blocksWithParameters);
  }

  void store(int depth) {
    if (module.palette == Palette.VECTORS && random.nextInt(3) == 0) {
      vector(0, depth);
      return;
    }
    int[] store = STORES[random.nextInt(STORES.length)];
    // For these the interpreter of 1.7.5 lets addresses wrap around, which V8 and we do not.
    boolean wraps =
        module.sparesTheInterpreter() && (store[0] == 0x3A || store[0] == 0x3C || store[0] == 0x3E);
    boolean near = near();
    if (!near) {
      address(depth);
    }
    if (wraps && !near) {
      out.op(0x41).signed(0x1FFF).op(0x71);
    }
    value(store[1], depth - 1);
    out.op(store[0]);
    if (near) {
      nearOffset(store[2]);
    } else if (wraps) {
      out.op(0).unsigned(random.nextInt(64));
    } else {
      offset(store[2]);
    }
  }

  void bulk(int depth) {
    switch (random.nextInt(5)) {
      case 0 -> {
        address(depth);
        value(I32, depth - 1);
        small(31, depth);
        out.op(0xFC, 11, 0);
      }
      case 1 -> {
        address(depth);
        address(depth);
        small(31, depth);
        out.op(0xFC, 10, 0, 0);
      }
      case 2, 3 -> {
        address(depth);
        out.op(0x41).signed(random.nextInt(RandomModule.DATA - 30));
        small(unguarded() ? 63 : 31, depth);
        out.op(0xFC, 8, 1, 0);
      }
      default -> {
        if (drops()) {
          out.op(0xFC, 9, random.nextInt(2));
        }
      }
    }
  }

  void tables(int depth) {
    // The first is left as it is: calls go through it.
    int table = 1 + random.nextInt(2);
    int type = table == 2 ? EXTERN : FUNC;
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        element(depth);
        value(type, depth - 1);
        out.op(0x26, table);
      }
      case 2 -> {
        small(3, depth);
        value(type, depth - 1);
        small(unguarded() ? 31 : 3, depth);
        out.op(0xFC, 17, table);
      }
      case 3 -> {
        int from = table == 2 ? 2 : random.nextInt(2);
        element(depth);
        element(depth);
        small(unguarded() ? 31 : 1, depth);
        out.op(0xFC, 14, table, from);
      }
      case 4, 5 -> {
        // The interpreter of 1.7.5 does not trap if no elements are copied from beyond the end.
        int most = module.sparesTheInterpreter() ? 1 : 15;
        small(most, depth);
        small(most, depth);
        small(unguarded() ? 31 : 1, depth);
        out.op(0xFC, 12, 1, 1);
      }
      default -> {
        if (drops()) {
          out.op(0xFC, 13, module.callsTheHost() ? 1 : random.nextInt(3));
        }
      }
    }
  }

  /** Whether to drop a segment: then much of what comes later traps. */
  private boolean drops() {
    return module.callsTheHost() ? random.nextInt(3) == 0 : unguarded();
  }

  /**
   * Operands of any types are on the stack while a function is called, and go where they are seen
   * afterwards, as the results do.
   */
  void heldAcross(int function, int depth) {
    List<Integer> held = new ArrayList<>();
    for (int i = random.nextInt(7); i >= 0; i--) {
      int type = random.nextInt(4) == 0 ? (random.nextBoolean() ? FUNC : EXTERN) : anyType();
      value(type, 1);
      held.add(type);
    }
    call(function, depth);
    held.addAll(module.signature(function).results());
    for (int i = held.size() - 1; i >= 0; i--) {
      int type = held.get(i);
      int local = local(type);
      if (local >= 0 && random.nextBoolean()) {
        out.op(0x21).unsigned(local);
      } else {
        out.op(0x24).unsigned(variable(type));
      }
    }
  }
}
