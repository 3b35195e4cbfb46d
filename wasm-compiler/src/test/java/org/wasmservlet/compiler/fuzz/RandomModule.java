package org.wasmservlet.compiler.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A valid module made at random from a seed. It always ends: every call and every turn of a loop
 * uses up fuel, a global, and traps without it. It exports its functions as f0, f1…, its globals as
 * g0, g1… and its memory as m.
 */
final class RandomModule {
  static final int I32 = 0x7F;
  static final int I64 = 0x7E;
  static final int F32 = 0x7D;
  static final int F64 = 0x7C;

  static final int FUEL = 600;
  static final int GLOBALS = 5;

  private static final int[] TYPES = {I32, I64, F32, F64};

  /** The types of functions: parameters, results. */
  static final int[][][] SIGNATURES = {
    {{I32, I64, F32, F64}, {I32}},
    {{I32}, {I32}},
    {{}, {I64}},
    {{F64, F64}, {F64}},
    {{I64, F32}, {F32}},
    {{I64}, {I32, I64}},
    {{I32, I32}, {}},
  };

  private final Random random;
  final int[] signatures;

  RandomModule(long seed) {
    random = new Random(seed);
    signatures = new int[2 + random.nextInt(4)];
    for (int i = 0; i < signatures.length; i++) {
      signatures[i] = random.nextInt(SIGNATURES.length);
    }
  }

  byte[] toBytes() {
    int functions = signatures.length;
    Binary types = new Binary().unsigned(SIGNATURES.length);
    for (int[][] signature : SIGNATURES) {
      types.op(0x60).unsigned(signature[0].length).op(signature[0]);
      types.unsigned(signature[1].length).op(signature[1]);
    }
    Binary declared = new Binary().unsigned(functions);
    for (int signature : signatures) {
      declared.unsigned(signature);
    }
    Binary globals = new Binary().unsigned(GLOBALS);
    globals.op(I32, 1, 0x41).signed(FUEL).op(0x0B);
    globals.op(I32, 1, 0x41).signed(random.nextInt()).op(0x0B);
    globals.op(I64, 1, 0x42).signed(random.nextLong()).op(0x0B);
    globals.op(F32, 1, 0x43).fixed(Float.floatToIntBits(1.5f), 4).op(0x0B);
    globals.op(F64, 1, 0x44).fixed(Double.doubleToLongBits(-2.25), 8).op(0x0B);
    Binary exports = new Binary().unsigned(functions + GLOBALS + 1);
    for (int f = 0; f < functions; f++) {
      exports.name("f" + f).op(0).unsigned(f);
    }
    for (int g = 0; g < GLOBALS; g++) {
      exports.name("g" + g).op(3).unsigned(g);
    }
    exports.name("m").op(2).unsigned(0);
    Binary elements = new Binary().unsigned(1).op(0, 0x41, 0, 0x0B).unsigned(functions);
    for (int f = 0; f < functions; f++) {
      elements.unsigned(f);
    }
    byte[] data = new byte[64];
    random.nextBytes(data);
    Binary segments = new Binary().unsigned(2);
    segments.op(0, 0x41).signed(random.nextInt(1000)).op(0x0B).unsigned(64).raw(data);
    segments.op(1).unsigned(64).raw(data);
    Binary code = new Binary().unsigned(functions);
    for (int f = 0; f < functions; f++) {
      byte[] body = new Body(SIGNATURES[signatures[f]]).toBytes();
      code.unsigned(body.length).raw(body);
    }
    return new Binary()
        .op(0, 'a', 's', 'm', 1, 0, 0, 0)
        .section(1, types)
        .section(3, declared)
        // One entry more than functions: a null.
        .section(4, new Binary().unsigned(1).op(0x70, 0).unsigned(functions + 1))
        .section(5, new Binary().unsigned(1).op(1).unsigned(1).unsigned(3))
        .section(6, globals)
        .section(7, exports)
        .section(9, elements)
        .section(12, new Binary().unsigned(2))
        .section(10, code)
        .section(11, segments)
        .toBytes();
  }

  /** The body of one function. */
  private final class Body {
    private final Binary out = new Binary();
    private final int[][] signature;
    private final List<Integer> locals = new ArrayList<>();

    /** Result types of the labels around, innermost last; 0 for none. */
    private final List<Integer> labels = new ArrayList<>();

    private final int scratchF32;
    private final int scratchF64;
    private final int pairScratch;
    private int budget = 40 + random.nextInt(400);

    Body(int[][] signature) {
      this.signature = signature;
      for (int parameter : signature[0]) {
        locals.add(parameter);
      }
      int own = random.nextInt(10);
      for (int i = 0; i < own; i++) {
        locals.add(type());
      }
      scratchF32 = locals.size();
      scratchF64 = scratchF32 + 1;
      pairScratch = scratchF64 + 1;
    }

    byte[] toBytes() {
      burn();
      int statements = 1 + random.nextInt(12);
      for (int i = 0; i < statements; i++) {
        statement(4);
      }
      for (int result : signature[1]) {
        value(result, 4);
      }
      out.op(0x0B);
      int own = pairScratch + 1 - signature[0].length;
      Binary body = new Binary().unsigned(own);
      for (int i = signature[0].length; i < scratchF32; i++) {
        body.unsigned(1).op(locals.get(i));
      }
      return body.unsigned(1)
          .op(F32)
          .unsigned(1)
          .op(F64)
          .unsigned(1)
          .op(I64)
          .raw(out.toBytes())
          .toBytes();
    }

    private void burn() {
      out.op(0x23, 0, 0x45, 0x04, 0x40, 0x00, 0x0B);
      out.op(0x23, 0, 0x41, 1, 0x6B, 0x24, 0);
    }

    private int type() {
      return TYPES[random.nextInt(TYPES.length)];
    }

    /** A local of a type, or -1. */
    private int local(int type) {
      if (locals.isEmpty()) {
        return -1;
      }
      int start = random.nextInt(locals.size());
      for (int i = 0; i < locals.size(); i++) {
        int local = (start + i) % locals.size();
        if (locals.get(local) == type) {
          return local;
        }
      }
      return -1;
    }

    private void statement(int depth) {
      budget--;
      int type = type();
      switch (depth <= 0 || budget < 0 ? random.nextInt(3) : random.nextInt(14)) {
        case 0:
          int local = local(type);
          if (local >= 0) {
            value(type, depth - 1);
            out.op(0x21).unsigned(local);
          }
          break;
        case 1:
          value(type, depth - 1);
          out.op(0x24).unsigned(global(type));
          break;
        case 2:
          store(depth);
          break;
        case 3:
          value(I32, depth - 1);
          out.op(0x04, 0x40);
          nested(0, depth);
          if (random.nextBoolean()) {
            out.op(0x05);
            nested(0, depth);
          }
          out.op(0x0B);
          break;
        case 4:
          out.op(0x02, 0x40);
          nested(0, depth);
          out.op(0x0B);
          break;
        case 5:
          out.op(0x03, 0x40);
          burn();
          nested(0, depth);
          value(I32, depth - 1);
          out.op(0x0D, 0, 0x0B);
          break;
        case 6:
          int label = voidLabel();
          if (label >= 0) {
            value(I32, depth - 1);
            out.op(0x0D).unsigned(label);
          }
          break;
        case 7:
          branchTable(depth);
          break;
        case 8:
          value(type, depth - 1);
          out.op(0x1A);
          break;
        case 9:
          bulk(depth);
          break;
        case 10:
          call(depth);
          break;
        case 11:
          // A block that takes one value and leaves two.
          value(I64, depth - 1);
          out.op(0x02).signed(5);
          out.op(0x42).signed(random.nextInt()).op(0x7C, 0x22).unsigned(pairScratch);
          out.op(0xA7, 0x20).unsigned(pairScratch).op(0x0B, 0x1A, 0x1A);
          break;
        default:
          store(depth);
      }
    }

    private void nested(int result, int depth) {
      labels.add(result);
      int statements = 1 + random.nextInt(3);
      for (int i = 0; i < statements; i++) {
        statement(depth - 1);
      }
      if (result != 0) {
        value(result, depth - 1);
      }
      labels.remove(labels.size() - 1);
    }

    /** The depth of a label without results, or -1. */
    private int voidLabel() {
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        if (labels.get(i) == 0) {
          found.add(labels.size() - 1 - i);
        }
      }
      return found.isEmpty() ? -1 : found.get(random.nextInt(found.size()));
    }

    private void branchTable(int depth) {
      int blocks = 1 + random.nextInt(4);
      for (int i = 0; i < blocks; i++) {
        out.op(0x02, 0x40);
        labels.add(0);
      }
      int entries = random.nextInt(12);
      value(I32, depth - 1);
      if (random.nextInt(4) > 0) {
        out.op(0x41, 15, 0x71);
      }
      out.op(0x0E).unsigned(entries);
      for (int i = 0; i <= entries; i++) {
        out.unsigned(random.nextInt(blocks));
      }
      for (int i = 0; i < blocks; i++) {
        out.op(0x0B);
        labels.remove(labels.size() - 1);
        statement(depth - 1);
      }
    }

    private void address(int depth) {
      value(I32, depth - 1);
      if (random.nextInt(20) > 0) {
        out.op(0x41).signed(0x1FFF).op(0x71);
      }
    }

    private void offset(int widthLog) {
      out.unsigned(random.nextInt(widthLog + 1));
      long[] offsets = {0, 1, 8, 1000, 65_528, 65_536, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL};
      out.unsigned(random.nextInt(12) > 0 ? random.nextInt(64) : offsets[random.nextInt(9)]);
    }

    private void store(int depth) {
      int[][] stores = {
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
      int[] store = stores[random.nextInt(stores.length)];
      // For these the interpreter of 1.7.5 lets addresses wrap around, which V8 and we do not.
      boolean wraps = store[0] == 0x3A || store[0] == 0x3C || store[0] == 0x3E;
      address(depth);
      if (wraps) {
        out.op(0x41).signed(0x1FFF).op(0x71);
      }
      value(store[1], depth - 1);
      out.op(store[0]);
      if (wraps) {
        out.op(0).unsigned(random.nextInt(64));
      } else {
        offset(store[2]);
      }
    }

    private void bulk(int depth) {
      switch (random.nextInt(4)) {
        case 0:
          address(depth);
          value(I32, depth - 1);
          small(depth);
          out.op(0xFC, 11, 0);
          break;
        case 1:
          address(depth);
          address(depth);
          small(depth);
          out.op(0xFC, 10, 0, 0);
          break;
        case 2:
          address(depth);
          out.op(0x41).signed(random.nextInt(40));
          small(depth);
          out.op(0xFC, 8, 1, 0);
          break;
        default:
          small(depth);
          out.op(0x41, 1, 0x71, 0x40, 0, 0x1A);
      }
    }

    private void small(int depth) {
      value(I32, depth - 1);
      out.op(0x41, 31, 0x71);
    }

    private void call(int depth) {
      int function = random.nextInt(signatures.length);
      int[][] called = SIGNATURES[signatures[function]];
      for (int parameter : called[0]) {
        value(parameter, depth - 2);
      }
      if (random.nextBoolean()) {
        out.op(0x10).unsigned(function);
      } else {
        if (random.nextInt(8) > 0) {
          out.op(0x41).signed(function);
        } else {
          value(I32, 0);
          out.op(0x41, 7, 0x71);
        }
        out.op(0x11).unsigned(signatures[function]).op(0);
      }
      for (int i = 0; i < called[1].length; i++) {
        out.op(0x1A);
      }
    }

    private int global(int type) {
      return type == I32 ? 1 : type == I64 ? 2 : type == F32 ? 3 : 4;
    }

    private void constant(int type) {
      long[] longs = {0, 1, -1, 31, 63, 255, 65_535, 0x7FFFFFFFL, 0x80000000L, Long.MIN_VALUE};
      long pick = random.nextBoolean() ? longs[random.nextInt(10)] : random.nextLong();
      double[] doubles = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        2147483647,
        4294967296.0,
        1e300,
        1e-310,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        -9.223372036854775808E18
      };
      double real =
          random.nextBoolean() ? doubles[random.nextInt(12)] : random.nextGaussian() * 1e3;
      switch (type) {
        case I32:
          out.op(0x41).signed((int) pick);
          break;
        case I64:
          out.op(0x42).signed(pick);
          break;
        case F32:
          out.op(0x43).fixed(Float.floatToIntBits((float) real), 4);
          break;
        default:
          out.op(0x44).fixed(Double.doubleToLongBits(real), 8);
      }
    }

    private void value(int type, int depth) {
      budget--;
      if (depth <= 0 || budget < 0) {
        int local = local(type);
        if (local >= 0 && random.nextInt(3) > 0) {
          out.op(0x20).unsigned(local);
        } else if (random.nextInt(4) == 0) {
          out.op(0x23).unsigned(global(type));
        } else {
          constant(type);
        }
        return;
      }
      switch (random.nextInt(12)) {
        case 0:
          value(type, depth - 1);
          value(type, depth - 1);
          value(I32, depth - 1);
          out.op(0x1B);
          break;
        case 1:
          value(I32, depth - 1);
          out.op(0x04, type);
          nested(type, depth);
          out.op(0x05);
          nested(type, depth);
          out.op(0x0B);
          break;
        case 2:
          out.op(0x02, type);
          nested(type, depth);
          out.op(0x0B);
          break;
        case 3:
          int local = local(type);
          value(type, depth - 1);
          if (local >= 0) {
            out.op(0x22).unsigned(local);
          }
          break;
        case 4:
          load(type, depth);
          break;
        default:
          Operator operator = Operator.random(type, random);
          for (int operand : operator.operands()) {
            value(operand, depth - 1);
          }
          out.op(operator.code());
          canonical(type);
      }
    }

    private void load(int type, int depth) {
      int[][] loads =
          switch (type) {
            case I32 -> new int[][] {{0x28, 2}, {0x2C, 0}, {0x2D, 0}, {0x2E, 1}, {0x2F, 1}};
            case I64 ->
                new int[][] {
                  {0x29, 3}, {0x30, 0}, {0x31, 0}, {0x32, 1}, {0x33, 1}, {0x34, 2}, {0x35, 2}
                };
            case F32 -> new int[][] {{0x2A, 2}};
            default -> new int[][] {{0x2B, 3}};
          };
      int[] load = loads[random.nextInt(loads.length)];
      address(depth);
      out.op(load[0]);
      offset(load[1]);
      canonical(type);
    }

    /**
     * The bits of a NaN that arithmetic makes are not the same everywhere: always the usual ones.
     */
    private void canonical(int type) {
      if (type == F32) {
        out.op(0x22).unsigned(scratchF32).op(0x43).fixed(0x7FC00000L, 4);
        out.op(0x20).unsigned(scratchF32).op(0x20).unsigned(scratchF32).op(0x5B, 0x1B);
      } else if (type == F64) {
        out.op(0x22).unsigned(scratchF64).op(0x44).fixed(0x7FF8000000000000L, 8);
        out.op(0x20).unsigned(scratchF64).op(0x20).unsigned(scratchF64).op(0x61, 0x1B);
      }
    }
  }
}
