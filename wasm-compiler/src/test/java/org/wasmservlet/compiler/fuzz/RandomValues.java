package org.wasmservlet.compiler.fuzz;

import static org.wasmservlet.compiler.fuzz.Types.EXTERN;
import static org.wasmservlet.compiler.fuzz.Types.F32;
import static org.wasmservlet.compiler.fuzz.Types.F64;
import static org.wasmservlet.compiler.fuzz.Types.FUNC;
import static org.wasmservlet.compiler.fuzz.Types.I32;
import static org.wasmservlet.compiler.fuzz.Types.I64;
import static org.wasmservlet.compiler.fuzz.Types.V128;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.wasmservlet.compiler.ir.VectorOperator;

/** Random expressions of a function's body. What may trap is guarded nearly always. */
abstract class RandomValues {
  /** Of as many things that may trap, one is not guarded. */
  private static final int UNGUARDED = 150;

  private static final int[][] LOADS_I32 = {{0x28, 2}, {0x2C, 0}, {0x2D, 0}, {0x2E, 1}, {0x2F, 1}};
  private static final int[][] LOADS_I64 = {
    {0x29, 3}, {0x30, 0}, {0x31, 0}, {0x32, 1}, {0x33, 1}, {0x34, 2}, {0x35, 2}
  };
  private static final long[] OFFSETS = {
    1000, 65_528, 65_536, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL
  };
  private static final long[] INTEGERS = {
    0, 1, -1, 31, 63, 255, 65_535, 0x7FFFFFFFL, 0x80000000L, Long.MIN_VALUE, Long.MAX_VALUE
  };
  private static final double[] REALS = {
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

  final RandomModule module;
  final Random random;
  final Binary out = new Binary();
  final List<Integer> locals = new ArrayList<>();

  /** Locals that an expression may use for a moment: they are at {@link #scratch}, by type. */
  private static final List<Integer> SCRATCH = List.of(F32, F64);

  /**
   * At the end of a block with parameters the interpreter of 1.7.5 takes these too off its stack,
   * and invents them if it is too short, which V8 and we do not: such functions have some operands
   * below all others.
   */
  static final int PADDING = 4;

  final boolean blocksWithParameters;

  /** After these: locals that are always small, for addresses that are used again and again. */
  static final int BASES = 2;

  int scratch;
  int budget;

  RandomValues(RandomModule module, int budget, boolean blocksWithParameters) {
    this.module = module;
    this.random = module.random;
    this.budget = budget;
    this.blocksWithParameters = blocksWithParameters;
  }

  /** A loop that leaves a value. */
  abstract void loopFor(int type, int depth);

  /** A block's inside and its end; it leaves a value unless the type is 0. */
  abstract void nested(int result, int depth);

  /** What an if does, and what it does otherwise. */
  abstract void branches(int result, int depth);

  abstract boolean mayCall();

  abstract void call(int function, int depth);

  boolean unguarded() {
    return random.nextInt(UNGUARDED) == 0;
  }

  int oneOf(List<Integer> list) {
    return list.get(random.nextInt(list.size()));
  }

  int anyType() {
    return random.nextInt(10) == 0
        ? (random.nextBoolean() ? FUNC : EXTERN)
        : oneOf(module.palette.types);
  }

  /** A local of a type, or -1. */
  int local(int type) {
    int size = locals.size();
    int start = size == 0 ? 0 : random.nextInt(size);
    for (int i = 0; i < size; i++) {
      int local = (start + i) % size;
      if (locals.get(local) == type) {
        return local;
      }
    }
    return -1;
  }

  int global(int type) {
    int count = module.palette.globals.size();
    int start = random.nextInt(count);
    while (module.global(start) != type || start == RandomModule.FUEL_GLOBAL) {
      start = (start + 1) % count;
    }
    return start;
  }

  void value(int type, int depth) {
    budget--;
    if (depth <= 0 || budget < 0) {
      leaf(type);
      return;
    }
    if (module.callsTheHost() && random.nextInt(12) == 0) {
      if (mayCall() && random.nextInt(4) > 0) {
        hostFor(type, depth);
      } else {
        loopFor(type, depth);
      }
      return;
    }
    switch (random.nextInt(24)) {
      case 0, 1 -> {
        value(type, depth - 1);
        value(type, depth - 1);
        value(I32, depth - 1);
        if (Types.isReference(type)) {
          out.op(0x1C, 1, type);
        } else {
          out.op(0x1B);
        }
      }
      case 2 -> {
        value(I32, depth - 1);
        out.op(0x04, type);
        branches(type, depth);
      }
      case 3 -> {
        out.op(0x02, type);
        nested(type, depth);
      }
      case 4, 5 -> {
        int local = local(type);
        value(type, depth - 1);
        if (local >= 0) {
          out.op(0x22).unsigned(local);
        }
      }
      case 6, 7, 8 -> load(type, depth);
      case 9 -> callFor(type, depth);
      case 10 -> multiple(type, depth);
      default -> operator(type, depth);
    }
  }

  private void leaf(int type) {
    int local = local(type);
    if (local >= 0 && random.nextInt(3) > 0) {
      out.op(0x20).unsigned(local);
    } else if (random.nextInt(4) == 0) {
      out.op(0x23).unsigned(global(type));
    } else {
      constant(type);
    }
  }

  private void constant(int type) {
    long integer =
        random.nextBoolean() ? INTEGERS[random.nextInt(INTEGERS.length)] : random.nextLong();
    double real =
        random.nextBoolean() ? REALS[random.nextInt(REALS.length)] : random.nextGaussian() * 1e3;
    switch (type) {
      case I32 -> out.op(0x41).signed((int) integer);
      case I64 -> out.op(0x42).signed(integer);
      case F32 -> out.op(0x43).fixed(Float.floatToIntBits((float) real), 4);
      case F64 -> out.op(0x44).fixed(Double.doubleToLongBits(real), 8);
      case V128 -> vectorConstant(integer, real);
      case FUNC -> {
        if (random.nextInt(4) == 0) {
          out.op(0xD0, FUNC);
        } else {
          out.op(0xD2).unsigned(random.nextInt(module.functions()));
        }
      }
      default -> out.op(0xD0, EXTERN);
    }
  }

  private void vectorConstant(long integer, double real) {
    out.op(0xFD, 0x0C);
    switch (random.nextInt(4)) {
      case 0 -> out.fixed(integer, 8).fixed(random.nextLong(), 8);
      case 1 -> {
        out.fixed(Float.floatToIntBits((float) real), 4).fixed(Float.floatToIntBits(1.5f), 4);
        out.fixed(Double.doubleToLongBits(real), 8);
      }
      case 2 -> out.fixed(integer * 0x0101010101010101L, 8).fixed(integer * 0x10001, 8);
      default -> out.fixed(random.nextLong(), 8).fixed(random.nextLong(), 8);
    }
  }

  /** A vector instruction that gives a value of the type, or one that gives nothing for 0. */
  void vector(int type, int depth) {
    VectorOperator operator = RandomVectors.operator(type, random);
    byte[] operands = operator.type().params();
    boolean near = operator.width() > 0 && near();
    if (operator.width() > 0 && !near) {
      address(depth);
    }
    for (int i = operator.width() > 0 ? 1 : 0; i < operands.length; i++) {
      value(operands[i], depth - 1);
    }
    out.op(0xFD).unsigned(operator.code());
    if (operator.width() > 0) {
      int widthLog = Integer.numberOfTrailingZeros(operator.width());
      if (near) {
        nearOffset(widthLog);
      } else {
        offset(widthLog);
      }
    }
    switch (operator.immediates()) {
      case LANE, MEMORY_LANE -> out.op(random.nextInt(operator.lanes()));
      case SHUFFLE -> RandomVectors.lanes(out, random);
      default -> {}
    }
    if (RandomVectors.makesNaN(operator)) {
      canonicalLanes(operator.shape().equals("f32x4"));
    }
  }

  private void canonicalLanes(boolean floats) {
    int local = scratch + SCRATCH.size() + BASES;
    long nan = floats ? 0x7FC000007FC00000L : 0x7FF8000000000000L;
    out.op(0x22).unsigned(local).op(0xFD, 0x0C).fixed(nan, 8).fixed(nan, 8);
    out.op(0x20).unsigned(local).op(0x20).unsigned(local);
    out.op(0xFD, floats ? 0x41 : 0x47).op(0xFD, 0x52);
  }

  private void operator(int type, int depth) {
    if (Types.isReference(type)) {
      load(type, depth);
      return;
    }
    boolean vectors = module.palette == Palette.VECTORS;
    if (type == V128 || vectors && random.nextInt(6) == 0) {
      vector(type, depth);
      return;
    }
    if (type == I32 && random.nextInt(10) == 0) {
      query(depth);
      return;
    }
    Operator operator = Operator.random(type, random);
    for (int operand : operator.operands()) {
      value(operand, depth - 1);
    }
    if (operator.divides() && !unguarded()) {
      out.op(type == I32 ? 0x41 : 0x42, 1, type == I32 ? 0x72 : 0x84);
    } else if (operator.truncates() && !unguarded()) {
      toSmall(operator.operands()[0]);
    } else if (module.sparesTheInterpreter()) {
      narrow(operator, type);
    }
    out.op(operator.code());
    if (operator.makesNaN()) {
      canonical(type);
    }
  }

  /** Makes the operand one that the interpreter of 1.7.5 takes as V8 and we do. */
  private void narrow(Operator operator, int type) {
    if (operator.code()[0] == 0x8B || operator.code()[0] == 0x99) {
      // It keeps the sign of a NaN.
      canonical(type);
    } else if (operator.code()[0] == 0xB5) {
      // It rounds the upper half twice.
      out.op(0x42).signed(Long.MAX_VALUE).op(0x83);
    }
  }

  /** What is asked of tables, memory and references. */
  private void query(int depth) {
    int table = random.nextInt(3);
    switch (random.nextInt(6)) {
      case 0 -> out.op(0x3F, 0);
      case 1 -> out.op(0xFC, 16, table);
      case 2 -> {
        value(table == 2 ? EXTERN : FUNC, depth - 1);
        small(1, depth);
        out.op(0xFC, 15, table);
      }
      case 3 -> {
        small(1, depth);
        out.op(0x40, 0);
      }
      default -> {
        value(table == 2 ? EXTERN : FUNC, depth - 1);
        out.op(0xD1);
      }
    }
  }

  /** A call whose last result is of the type, if there is such a function. */
  private void callFor(int type, int depth) {
    int function = someFunction();
    List<Integer> results = module.signature(function).results();
    if (!mayCall() || results.size() != 1 || results.get(0) != type) {
      operator(type, depth);
      return;
    }
    call(function, depth);
  }

  /** Any function, but the module's own as often as the host's. */
  int someFunction() {
    return module.callsTheHost() && random.nextBoolean()
        ? module.imported + random.nextInt(module.signatures.length)
        : random.nextInt(module.functions());
  }

  /** A function of the host's. Few are of the type that takes very much. */
  int someHostFunction() {
    int function = random.nextInt(module.imported);
    boolean large = module.signature(function).parameters().size() > 9;
    return large && random.nextInt(8) > 0 ? random.nextInt(module.imported) : function;
  }

  /** A call of the host one of whose results is of the type; what else it gives is left out. */
  private void hostFor(int type, int depth) {
    int function;
    do {
      function = someHostFunction();
    } while (!module.signature(function).results().contains(type));
    call(function, depth);
    List<Integer> results = module.signature(function).results();
    int wanted = results.indexOf(type);
    for (int i = wanted + 1; i < results.size(); i++) {
      out.op(0x1A);
    }
    if (wanted > 0) {
      int global = variable(type);
      out.op(0x24).unsigned(global);
      for (int i = 0; i < wanted; i++) {
        out.op(0x1A);
      }
      out.op(0x23).unsigned(global);
    }
  }

  /** A global that can be changed. */
  int variable(int type) {
    int global;
    do {
      global = global(type);
    } while (RandomModule.CONSTANT.contains(global));
    return global;
  }

  /** A block that takes two values and leaves them the other way round. */
  private void multiple(int type, int depth) {
    if (type != F32 || !blocksWithParameters) {
      operator(type, depth);
      return;
    }
    value(F32, depth - 1);
    value(I32, depth - 1);
    out.op(0x02).signed(Types.SWAP);
    int local = local(I32);
    if (local < 0) {
      out.op(0x1A, 0x1A);
      leaf(I32);
      leaf(F32);
    } else {
      out.op(0x21).unsigned(local).op(0x22).unsigned(scratch);
      out.op(0x1A, 0x20).unsigned(local).op(0x20).unsigned(scratch);
    }
    out.op(0x0B, 0x22).unsigned(scratch).op(0x1A, 0x1A, 0x20).unsigned(scratch);
  }

  private void load(int type, int depth) {
    if (type == V128) {
      vector(type, depth);
      return;
    }
    if (Types.isReference(type)) {
      element(depth);
      out.op(0x25, type == EXTERN ? 2 : random.nextInt(2));
      return;
    }
    int[] load =
        switch (type) {
          case I32 -> LOADS_I32[random.nextInt(LOADS_I32.length)];
          case I64 -> LOADS_I64[random.nextInt(LOADS_I64.length)];
          case F32 -> new int[] {0x2A, 2};
          default -> new int[] {0x2B, 3};
        };
    if (near()) {
      out.op(load[0]);
      nearOffset(load[1]);
      return;
    }
    address(depth);
    out.op(load[0]);
    offset(load[1]);
  }

  /** Mostly an address that other accesses have too, wholly or in part. */
  boolean near() {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> out.op(0x20).unsigned(base(0));
      case 3 -> out.op(0x20).unsigned(base(1));
      case 4 -> out.op(0x41).signed(random.nextInt(3));
      default -> {
        return false;
      }
    }
    return true;
  }

  private int base(int number) {
    return scratch + SCRATCH.size() + number;
  }

  void nearOffset(int widthLog) {
    out.unsigned(random.nextInt(widthLog + 1)).unsigned(random.nextInt(9));
  }

  /** Makes a base another small number, or the same as the other one. */
  void moveBase(int depth) {
    int moved = random.nextInt(BASES);
    if (random.nextBoolean()) {
      small(7, depth);
    } else {
      out.op(0x20).unsigned(base(BASES - 1 - moved));
    }
    out.op(0x21).unsigned(base(moved));
  }

  void address(int depth) {
    value(I32, depth - 1);
    if (!unguarded()) {
      out.op(0x41).signed(0x1FFF).op(0x71);
    }
  }

  void offset(int widthLog) {
    out.unsigned(random.nextInt(widthLog + 1));
    out.unsigned(unguarded() ? OFFSETS[random.nextInt(OFFSETS.length)] : random.nextInt(64));
  }

  /** A number of at most {@code mask}. */
  void small(int mask, int depth) {
    value(I32, depth - 1);
    out.op(0x41).signed(mask).op(0x71);
  }

  /** An index into any table: all have two entries. */
  void element(int depth) {
    value(I32, depth - 1);
    if (!unguarded()) {
      out.op(0x41, 1, 0x71);
    }
  }

  private int scratch(int type) {
    return scratch + SCRATCH.indexOf(type);
  }

  /** What a float is small enough for every integer, or 1.5. */
  private void toSmall(int type) {
    int local = scratch(type);
    if (type == F32) {
      out.op(0x8B, 0x22).unsigned(local).op(0x43).fixed(Float.floatToIntBits(1.5f), 4);
      out.op(0x20).unsigned(local).op(0x43).fixed(Float.floatToIntBits(2e9f), 4).op(0x5D);
    } else {
      out.op(0x99, 0x22).unsigned(local).op(0x44).fixed(Double.doubleToLongBits(1.5), 8);
      out.op(0x20).unsigned(local).op(0x44).fixed(Double.doubleToLongBits(2e9), 8).op(0x63);
    }
    out.op(0x1B);
  }

  /** The bits of a NaN that arithmetic makes are not the same everywhere: now the usual ones. */
  private void canonical(int type) {
    int local = scratch(type);
    if (type == F32) {
      out.op(0x22).unsigned(local).op(0x43).fixed(0x7FC00000L, 4);
    } else {
      out.op(0x22).unsigned(local).op(0x44).fixed(0x7FF8000000000000L, 8);
    }
    out.op(0x20).unsigned(local).op(0x20).unsigned(local).op(type == F32 ? 0x5B : 0x61, 0x1B);
  }
}
