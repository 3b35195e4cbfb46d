package org.wasmservlet.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.wasmservlet.compiler.fuzz.Binary;

/** Valid modules of shapes that no compiler of a language makes. */
final class HostileShapes {
  private static final int I32 = 0x7F;
  private static final int I64 = 0x7E;
  private static final int F64 = 0x7C;

  /** A module whose function f gives, for an argument, a result. */
  record Shape(String name, byte[] binary, long argument, long result) {
    @Override
    public String toString() {
      return name;
    }
  }

  private HostileShapes() {}

  static Stream<Shape> all() {
    return Stream.of(
        branchTableOfDistinctTargets(5_000),
        branchTableOfManyEntries(100_000),
        branchTablesThatCarry(300),
        locals(20_000),
        liveLocals(1_500),
        parametersAndResults(1_000),
        argumentsThatAreTrees(95),
        leftDeepTree(40_000),
        rightDeepTree(20_000),
        conditionsOfConditions(20_000),
        nestedBlocks(10_000),
        nestedLoops(10_000),
        nestedIfs(10_000),
        typesCalledIndirectly(1_000),
        globals(5_000),
        blocksInARow(50_000),
        storesInARow(40_000),
        constants(40_000),
        functions(20_000),
        tailCallsOfManyParameters(300),
        imports(5_000));
  }

  /** One function, i32 to i32. */
  private static Shape shape(String name, int locals, Binary code, long argument, long result) {
    Binary types = new Binary().unsigned(1).op(0x60, 1, I32, 1, I32);
    Binary memory = new Binary().unsigned(1).op(0).unsigned(1);
    byte[] body = body(locals, I32, code);
    return new Shape(
        name,
        header()
            .section(1, types)
            .section(3, new Binary().unsigned(1).unsigned(0))
            .section(5, memory)
            .section(7, export(0))
            .section(10, new Binary().unsigned(1).unsigned(body.length).raw(body))
            .toBytes(),
        argument,
        result);
  }

  private static Binary header() {
    return new Binary().op(0, 'a', 's', 'm', 1, 0, 0, 0);
  }

  private static Binary export(int function) {
    return new Binary().unsigned(1).name("f").op(0).unsigned(function);
  }

  private static byte[] body(int locals, int type, Binary code) {
    Binary body = new Binary();
    if (locals == 0) {
      body.unsigned(0);
    } else {
      body.unsigned(1).unsigned(locals).op(type);
    }
    return body.raw(code.op(0x0B).toBytes()).toBytes();
  }

  private static Binary code(List<byte[]> bodies) {
    Binary code = new Binary().unsigned(bodies.size());
    bodies.forEach(body -> code.unsigned(body.length).raw(body));
    return code;
  }

  private static void times(int count, IntConsumer step) {
    for (int i = 0; i < count; i++) {
      step.accept(i);
    }
  }

  private static Shape branchTableOfDistinctTargets(int count) {
    Binary code = new Binary();
    times(count, i -> code.op(0x02, 0x40));
    code.op(0x20, 0, 0x0E).unsigned(count - 1);
    times(count, code::unsigned);
    times(count, i -> code.op(0x0B, 0x41).signed(7 * i).op(0x0F));
    code.op(0x00);
    return shape("br_table of distinct targets", 0, code, count - 2, 7L * (count - 2));
  }

  private static Shape branchTableOfManyEntries(int count) {
    Binary code = new Binary().op(0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x0E);
    code.unsigned(count);
    times(count + 1, i -> code.unsigned(i % 3));
    times(3, i -> code.op(0x0B, 0x41).signed(100 + i).op(0x0F));
    code.op(0x00);
    return shape("br_table of many entries", 0, code, count - 1, 100 + (count - 1) % 3);
  }

  /** Each brings its value to a place of its own. */
  private static Shape branchTablesThatCarry(int count) {
    Binary code = new Binary();
    times(count, i -> code.op(0x41).signed(i).op(0x02, I32));
    code.op(0x41).signed(5).op(0x20, 0, 0x0E).unsigned(count - 1);
    times(count, code::unsigned);
    times(count, i -> code.op(0x0B, 0x6A));
    // The k-th block from inside has under it 0 to count - 1 - k.
    long k = 10;
    return shape("br_table that carries", 0, code, k, 5 + (count - k) * (count - 1 - k) / 2);
  }

  private static Shape locals(int count) {
    Binary code = new Binary();
    times(count - 1, i -> code.op(0x20, 0, 0x41).signed(i).op(0x6A, 0x21).unsigned(i + 1));
    code.op(0x41, 0);
    times(count - 1, i -> code.op(0x20).unsigned(i + 1).op(0x6A));
    long n = count - 1;
    return shape("locals", count - 1, code, 3, (int) (n * 3 + n * (n - 1) / 2));
  }

  /** All are alive at every branch. */
  private static Shape liveLocals(int count) {
    Binary code = new Binary();
    times(count, i -> code.op(0x20, 0, 0x21).unsigned(i + 1));
    times(
        count,
        i -> {
          code.op(0x20).unsigned(i + 1).op(0x41, 1, 0x71, 0x04, 0x40);
          code.op(0x20).unsigned(i + 1).op(0x41).signed(i).op(0x6A, 0x21).unsigned(i + 1).op(0x0B);
        });
    code.op(0x41, 0);
    times(count, i -> code.op(0x20).unsigned(i + 1).op(0x6A));
    long n = count;
    return shape("locals alive at branches", count, code, 1, n + n * (n - 1) / 2);
  }

  /** f calls, directly and indirectly, a function that gives its parameters back to front. */
  private static Shape parametersAndResults(int count) {
    Binary types = new Binary().unsigned(2).op(0x60, 1, I32, 1, I32).op(0x60).unsigned(count);
    times(count, i -> types.op(i % 2 == 0 ? I32 : F64));
    types.unsigned(count);
    times(count, i -> types.op((count - 1 - i) % 2 == 0 ? I32 : F64));
    Binary reverse = new Binary();
    times(count, i -> reverse.op(0x20).unsigned(count - 1 - i));
    Binary f = new Binary();
    times(
        2,
        call -> {
          times(
              count,
              i -> {
                if (i % 2 == 0) {
                  f.op(0x20, 0, 0x41).signed(i).op(0x6A);
                } else {
                  f.op(0x44).fixed(Double.doubleToLongBits(i), 8);
                }
              });
          if (call == 0) {
            f.op(0x10, 1);
          } else {
            f.op(0x41, 0, 0x11, 1, 0);
          }
          // The last result is the first parameter, the first the last.
          f.op(0x21).unsigned(1 + call);
          times(count - 1, i -> f.op(0x1A));
        });
    f.op(0x20, 1, 0x20, 2, 0x6A);
    return new Shape(
        "parameters and results",
        header()
            .section(1, types)
            .section(3, new Binary().unsigned(2).op(0, 1))
            .section(4, new Binary().unsigned(1).op(0x70, 0).unsigned(1))
            .section(7, export(0))
            .section(9, new Binary().unsigned(1).op(0, 0x41, 0, 0x0B).unsigned(1).op(1))
            .section(10, code(List.of(body(2, I32, f), body(0, I32, reverse))))
            .toBytes(),
        21,
        42);
  }

  /** One call whose arguments are as large as a tree may get. */
  private static Shape argumentsThatAreTrees(int count) {
    Binary types = new Binary().unsigned(2).op(0x60, 1, I32, 1, I32).op(0x60).unsigned(count);
    times(count, i -> types.op(I32));
    types.unsigned(1).op(I32);
    Binary f = new Binary();
    times(
        count,
        i -> {
          f.op(0x20, 0);
          times(27, k -> f.op(0x28, 2, 0));
          f.op(0x41).signed(i).op(0x6A);
        });
    f.op(0x10, 1);
    Binary last = new Binary().op(0x20).unsigned(count - 1);
    return new Shape(
        "arguments that are trees",
        header()
            .section(1, types)
            .section(3, new Binary().unsigned(2).op(0, 1))
            .section(5, new Binary().unsigned(1).op(0).unsigned(1))
            .section(7, export(0))
            .section(10, code(List.of(body(0, I32, f), body(0, I32, last))))
            .toBytes(),
        8,
        count - 1);
  }

  private static Shape leftDeepTree(int count) {
    Binary code = new Binary().op(0x20, 0);
    times(count, i -> code.op(0x20, 0, 0x6A));
    return shape("left-deep tree", 0, code, 3, 3L * (count + 1));
  }

  private static Shape rightDeepTree(int count) {
    Binary code = new Binary();
    times(count, i -> code.op(0x20, 0, 0x28, 2, 0, 0x20, 0, 0x6A));
    times(count - 1, i -> code.op(0x6A));
    return shape("right-deep tree", 0, code, 4, 4L * count);
  }

  private static Shape conditionsOfConditions(int count) {
    Binary code = new Binary().op(0x20, 0);
    times(count, i -> code.op(0x45));
    return shape("conditions of conditions", 0, code, 9, count % 2 == 0 ? 1 : 0);
  }

  private static Shape nestedBlocks(int depth) {
    Binary code = new Binary();
    times(depth, i -> code.op(0x02, 0x40));
    code.op(0x20, 0, 0x0D).unsigned(depth - 1);
    times(depth, i -> code.op(0x0B, 0x20, 0, 0x41, 1, 0x6A, 0x21, 0));
    code.op(0x20, 0);
    return shape("nested blocks", 0, code, 5, 6);
  }

  /** The innermost has three turns, the others one. */
  private static Shape nestedLoops(int depth) {
    Binary code = new Binary();
    times(depth, i -> code.op(0x03, 0x40));
    times(depth, i -> code.op(0x20, 1, 0x41, 1, 0x6A, 0x22, 1).op(0x20, 0, 0x48, 0x0D, 0, 0x0B));
    code.op(0x20, 1);
    return shape("nested loops", 1, code, 3, depth + 2);
  }

  private static Shape nestedIfs(int depth) {
    Binary code = new Binary();
    times(depth, i -> code.op(0x20, 0, 0x04, I32, 0x20, 0, 0x41, 1, 0x6B, 0x21, 0));
    code.op(0x41, 42);
    times(depth, i -> code.op(0x05, 0x41).signed(depth - i).op(0x0B));
    return shape("nested ifs", 0, code, depth - 7, depth - 6);
  }

  private static Shape typesCalledIndirectly(int count) {
    Binary types = new Binary().unsigned(count + 1).op(0x60, 1, I32, 1, I32);
    Binary declared = new Binary().unsigned(count + 1).op(0);
    Binary elements = new Binary().unsigned(1).op(0, 0x41, 0, 0x0B).unsigned(count);
    List<byte[]> bodies = new ArrayList<>();
    Binary f = new Binary().op(0x41, 0);
    bodies.add(new byte[0]);
    times(
        count,
        i -> {
          // The combinations of two types of twelve parameters.
          types.op(0x60, 12);
          times(12, p -> types.op((i >> p & 1) == 0 ? I32 : I64));
          types.op(1, I32);
          declared.unsigned(i + 1);
          elements.unsigned(i + 1);
          bodies.add(body(0, I32, new Binary().op(0x41, 1)));
          times(12, p -> f.op((i >> p & 1) == 0 ? 0x41 : 0x42, 0));
          f.op(0x41).signed(i).op(0x11).unsigned(i + 1).op(0, 0x6A);
        });
    bodies.set(0, body(0, I32, f));
    return new Shape(
        "types called indirectly",
        header()
            .section(1, types)
            .section(3, declared)
            .section(4, new Binary().unsigned(1).op(0x70, 0).unsigned(count))
            .section(7, export(0))
            .section(9, elements)
            .section(10, code(bodies))
            .toBytes(),
        0,
        count);
  }

  private static Shape globals(int count) {
    Binary globals = new Binary().unsigned(count);
    Binary exports = new Binary().unsigned(count + 1).name("f").op(0).unsigned(0);
    Binary f = new Binary();
    times(
        count,
        i -> {
          globals.op(I32, 1, 0x41).signed(i).op(0x0B);
          exports.name("x" + i).op(i % 2 == 0 ? 0 : 3).unsigned(i % 2 == 0 ? 0 : i);
          f.op(0x23).unsigned(i).op(0x20, 0, 0x6A, 0x24).unsigned(i);
        });
    f.op(0x23).unsigned(count - 1);
    byte[] body = body(0, I32, f);
    return new Shape(
        "globals and exports",
        header()
            .section(1, new Binary().unsigned(1).op(0x60, 1, I32, 1, I32))
            .section(3, new Binary().unsigned(1).op(0))
            .section(6, globals)
            .section(7, exports)
            .section(10, code(List.of(body)))
            .toBytes(),
        0,
        count - 1);
  }

  private static Shape blocksInARow(int count) {
    Binary code = new Binary();
    times(
        count,
        i ->
            code.op(0x02, 0x40, 0x20, 0, 0x41, 3, 0x71, 0x0D, 0)
                .op(0x20, 1, 0x41, 1, 0x6A, 0x21, 1, 0x0B)
                .op(0x20, 0, 0x41, 1, 0x6A, 0x21, 0));
    code.op(0x20, 1);
    return shape("blocks in a row", 1, code, 0, count / 4);
  }

  static Shape storesInARow(int count) {
    Binary code = new Binary();
    times(count, i -> code.op(0x20, 0, 0x20, 0, 0x41).signed(i).op(0x6A, 0x36, 2, 8));
    code.op(0x20, 0, 0x28, 2, 8);
    return shape("stores in a row", 0, code, 4, count + 3);
  }

  private static Shape constants(int count) {
    Binary code = new Binary().op(0x42, 0);
    times(
        count,
        i -> {
          long bits = 0x123456789ABCL * (i + 1);
          if (i % 2 == 0) {
            code.op(0x42).signed(bits).op(0x85);
          } else {
            code.op(0x44).fixed(bits, 8).op(0xBD, 0x85);
          }
        });
    code.op(0xA7);
    long all = 0;
    for (int i = 0; i < count; i++) {
      all ^= 0x123456789ABCL * (i + 1);
    }
    return shape("constants", 0, code, 0, (int) all);
  }

  private static Shape functions(int count) {
    Binary declared = new Binary().unsigned(count);
    List<byte[]> bodies = new ArrayList<>();
    times(
        count,
        i -> {
          declared.unsigned(0);
          Binary f = new Binary().op(0x20, 0, 0x41, 1, 0x6A);
          if (i % 64 != 63 && i + 1 < count) {
            f.op(0x10).unsigned(i + 1);
          }
          bodies.add(body(0, I32, f));
        });
    return new Shape(
        "functions",
        header()
            .section(1, new Binary().unsigned(1).op(0x60, 1, I32, 1, I32))
            .section(3, declared)
            .section(7, export(0))
            .section(10, code(bodies))
            .toBytes(),
        0,
        64);
  }

  /** A function that calls itself with its parameters moved on by one. */
  private static Shape tailCallsOfManyParameters(int count) {
    Binary types = new Binary().unsigned(2).op(0x60, 1, I32, 1, I32).op(0x60).unsigned(count);
    times(count, i -> types.op(I32));
    types.op(1, I32);
    Binary f = new Binary();
    times(count, i -> f.op(0x41).signed(i == count - 1 ? 0 : i + 1));
    f.op(0x10, 1);
    // As long as the first is not 0: it is, after as many turns as there are parameters.
    Binary g = new Binary().op(0x20, 0, 0x45, 0x04, 0x40, 0x20, 1, 0x0F, 0x0B);
    times(count, i -> g.op(0x20).unsigned((i + 1) % count));
    g.op(0x12, 1);
    return new Shape(
        "tail calls of many parameters",
        header()
            .section(1, types)
            .section(3, new Binary().unsigned(2).op(0, 1))
            .section(7, export(0))
            .section(10, code(List.of(body(0, I32, f), body(0, I32, g))))
            .toBytes(),
        0,
        1);
  }

  /**
   * Functions and globals of the host; f calls each function directly, and each through a table.
   */
  private static Shape imports(int count) {
    Binary imports = new Binary().unsigned(2L * count);
    Binary elements = new Binary().unsigned(1).op(0, 0x41, 0, 0x0B).unsigned(count);
    Binary f = new Binary().op(0x20, 0);
    times(count, i -> imports.name("host").name("f" + i).op(0, 0));
    times(
        count,
        i -> {
          imports.name("host").name("g" + i).op(3, I32, 0);
          elements.unsigned(i);
          f.op(0x10).unsigned(i).op(0x41).signed(i).op(0x11, 0, 0, 0x23).unsigned(i).op(0x6A);
        });
    return new Shape(
        "imports",
        header()
            .section(1, new Binary().unsigned(1).op(0x60, 1, I32, 1, I32))
            .section(2, imports)
            .section(3, new Binary().unsigned(1).op(0))
            .section(4, new Binary().unsigned(1).op(0x70, 0).unsigned(count))
            .section(7, export(count))
            .section(9, elements)
            .section(10, code(List.of(body(0, I32, f))))
            .toBytes(),
        7,
        7 + 3L * count);
  }
}
