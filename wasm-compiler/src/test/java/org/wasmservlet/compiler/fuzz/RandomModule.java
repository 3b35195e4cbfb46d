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

/**
 * A valid module made at random from a seed. It always ends: calls and turns of loops use up fuel,
 * a global, without which functions return at once and loops end.
 *
 * <p>It imports a function h.f and a global h.g. It exports its functions as f0, f1…, the globals
 * that are exported by their numbers, the others by the function u, the memory as m, the tables as
 * t0, t1 and t2 and the tags as e0, e1….
 *
 * <p>One that is to be frozen imports functions h.f0, h.f1… too, one of each type that a function
 * can have, and calls the host all the time. It exports functions p0 and p1, which trap if the
 * passive segment of data or of elements has been dropped.
 */
final class RandomModule {
  static final int FUEL_GLOBAL = 1;

  /** By global: its type. The first is imported. */
  static final List<Integer> GLOBALS =
      List.of(I64, I32, I32, I64, F32, F64, I32, I64, F32, F64, FUNC, EXTERN, I32, F64);

  /** The globals that are exported, without the imported one. */
  static final List<Integer> EXPORTED = List.of(1, 2, 3, 4, 5, 10);

  /** The globals that nothing changes; the last one is of a module with vectors. */
  static final List<Integer> CONSTANT = List.of(12, 13, 15);

  /** Entries of the tables that are changed. */
  static final int TABLE = 8;

  static final int DATA = 64;

  /** By tag: what its exceptions have with them; 0 for nothing. */
  static final List<Integer> TAGS = List.of(0, I32, I64, F32, F64, I32);

  final Random random;
  final Palette palette;

  /** By function that is not imported: its type. */
  final int[] signatures;

  final int fuel;

  /** The imported functions come first; in each module there is one of type {@link Types#HOST}. */
  final int imported;

  private final Purpose purpose;

  /** Nodes of a body, at most. */
  private final int size;

  /** What a module is made for. */
  private enum Purpose {
    INTERPRETED,
    FROZEN,
    JUDGED,
    JUDGED_AS_LEGACY
  }

  /** One without what is known of the interpreter. */
  RandomModule(long seed, Palette palette) {
    this(seed, palette, Purpose.INTERPRETED);
  }

  /** One that calls the host all the time. */
  static RandomModule callingTheHost(long seed, Palette palette) {
    return new RandomModule(seed, palette, Purpose.FROZEN);
  }

  /** One with everything, for a judge that has no such faults. */
  static RandomModule judged(long seed, Palette palette) {
    return new RandomModule(seed, palette, Purpose.JUDGED);
  }

  /** One that does what the judged one of the same seed does, with legacy exceptions. */
  static RandomModule legacy(long seed, Palette palette) {
    return new RandomModule(seed, palette, Purpose.JUDGED_AS_LEGACY);
  }

  private RandomModule(long seed, Palette palette, Purpose purpose) {
    this.palette = palette;
    this.purpose = purpose;
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    boolean callsTheHost = purpose == Purpose.FROZEN;
    imported = callsTheHost ? 1 + Types.FUNCTION_TYPES : 1;
    signatures = new int[2 + random.nextInt(4)];
    // The host calls the first one back.
    for (int i = 1; i < signatures.length; i++) {
      signatures[i] = random.nextInt(Types.FUNCTION_TYPES);
    }
    fuel = 8 + random.nextInt(callsTheHost && random.nextInt(8) == 0 ? 150 : 60);
    // A few are so long that they are split at the usual size too.
    size = random.nextInt(callsTheHost ? 15 : 40) == 0 ? 1_500 : 20 + random.nextInt(60);
  }

  Types.Signature signature(int function) {
    return palette.signatures.get(type(function));
  }

  /** The type of a global. */
  int global(int index) {
    return palette.globals.get(index);
  }

  /** The number of a function's type. */
  int type(int function) {
    if (function == 0) {
      return Types.HOST;
    }
    return function < imported ? function - 1 : signatures[function - imported];
  }

  int functions() {
    return imported + signatures.length;
  }

  /** How many functions p0, p1 it has. */
  int probes() {
    return callsTheHost() ? 2 : 0;
  }

  boolean callsTheHost() {
    return purpose == Purpose.FROZEN;
  }

  /** Whether it catches by the instructions from before WebAssembly 3.0. */
  boolean catchesAsLegacy() {
    return purpose == Purpose.JUDGED_AS_LEGACY;
  }

  /** Whether nothing is in it in which the interpreter of 1.7.5 is known to fail. */
  boolean sparesTheInterpreter() {
    return purpose == Purpose.INTERPRETED || purpose == Purpose.FROZEN;
  }

  private static void types(Binary out, List<Integer> types) {
    out.unsigned(types.size());
    types.forEach(out::op);
  }

  byte[] toBytes() {
    int functions = functions();
    Binary types = new Binary().unsigned(Types.ALL.size() + 2 + TAGS.size());
    for (Types.Signature signature : palette.signatures) {
      types.op(0x60);
      types(types, signature.parameters());
      types(types, signature.results());
    }
    List<Integer> hidden = hidden();
    types.op(0x60).op(0);
    types(types, hidden.stream().map(this::global).toList());
    types.op(0x60, 0, 0);
    for (int tag : TAGS) {
      types.op(0x60);
      types(types, tag == 0 ? List.of() : List.of(tag));
      types.op(0);
    }
    Binary imports = new Binary().unsigned(1 + imported);
    imports.name("h").name("f").op(0).unsigned(Types.HOST);
    for (int function = 1; function < imported; function++) {
      imports.name("h").name("f" + (function - 1)).op(0).unsigned(type(function));
    }
    imports.name("h").name("g").op(3, I64, 1);
    Binary declared = new Binary().unsigned(signatures.length + 1 + probes());
    for (int signature : signatures) {
      declared.unsigned(signature);
    }
    declared.unsigned(Types.ALL.size());
    for (int probe = 0; probe < probes(); probe++) {
      declared.unsigned(Types.ALL.size() + 1);
    }
    Binary tables = new Binary().unsigned(3);
    // One entry more than functions: a null.
    tables.op(FUNC, 0).unsigned(functions + 1);
    tables.op(FUNC, 1).unsigned(TABLE).unsigned(TABLE + 4);
    tables.op(EXTERN, 1).unsigned(TABLE).unsigned(TABLE + 4);
    return new Binary()
        .op(0, 'a', 's', 'm', 1, 0, 0, 0)
        .section(1, types)
        .section(2, imports)
        .section(3, declared)
        .section(4, tables)
        .section(5, new Binary().unsigned(1).op(1).unsigned(1).unsigned(3))
        .section(13, tags())
        .section(6, globals())
        .section(7, exports())
        .section(9, elements())
        .section(12, new Binary().unsigned(2))
        .section(10, code(hidden))
        .section(11, data())
        .toBytes();
  }

  /** The globals that are neither imported nor exported. */
  List<Integer> hidden() {
    List<Integer> hidden = new ArrayList<>();
    for (int global = 1; global < palette.globals.size(); global++) {
      if (!EXPORTED.contains(global)) {
        hidden.add(global);
      }
    }
    return hidden;
  }

  private static Binary tags() {
    Binary out = new Binary().unsigned(TAGS.size());
    for (int tag = 0; tag < TAGS.size(); tag++) {
      out.op(0).unsigned(Types.ALL.size() + 2 + tag);
    }
    return out;
  }

  private Binary globals() {
    Binary out = new Binary().unsigned(palette.globals.size() - 1);
    for (int global = 1; global < palette.globals.size(); global++) {
      int type = global(global);
      out.op(type, CONSTANT.contains(global) ? 0 : 1);
      switch (type) {
        case I32 -> out.op(0x41).signed(global == FUEL_GLOBAL ? fuel : random.nextInt());
        case I64 -> out.op(0x42).signed(random.nextLong());
        case F32 -> out.op(0x43).fixed(Float.floatToIntBits(1.5f), 4);
        case F64 -> out.op(0x44).fixed(Double.doubleToLongBits(-2.25), 8);
        case V128 -> out.op(0xFD, 0x0C).fixed(random.nextLong(), 8).fixed(random.nextLong(), 8);
        case FUNC -> out.op(0xD2).unsigned(random.nextInt(functions()));
        default -> out.op(0xD0, EXTERN);
      }
      out.op(0x0B);
    }
    return out;
  }

  private Binary exports() {
    Binary out =
        new Binary().unsigned(signatures.length + EXPORTED.size() + 5 + probes() + TAGS.size());
    for (int f = 0; f < signatures.length; f++) {
      out.name("f" + f).op(0).unsigned(imported + f);
    }
    for (int global : EXPORTED) {
      out.name("g" + global).op(3).unsigned(global);
    }
    out.name("u").op(0).unsigned(functions());
    for (int probe = 0; probe < probes(); probe++) {
      out.name("p" + probe).op(0).unsigned(functions() + 1 + probe);
    }
    out.name("m").op(2).unsigned(0);
    for (int table = 0; table < 3; table++) {
      out.name("t" + table).op(1).unsigned(table);
    }
    for (int tag = 0; tag < TAGS.size(); tag++) {
      out.name("e" + tag).op(4).unsigned(tag);
    }
    return out;
  }

  private Binary elements() {
    // For table 0, with all functions; one to copy from; one that only declares them.
    Binary out = new Binary().unsigned(3).op(0, 0x41, 0, 0x0B);
    functions(out);
    functions(out.op(1, 0));
    functions(out.op(3, 0));
    return out;
  }

  private void functions(Binary out) {
    out.unsigned(functions());
    for (int f = 0; f < functions(); f++) {
      out.unsigned(f);
    }
  }

  private Binary code(List<Integer> hidden) {
    Binary out = new Binary().unsigned(signatures.length + 1 + probes());
    for (int f = 0; f < signatures.length; f++) {
      byte[] body = new RandomBody(this, imported + f, size).toBytes();
      out.unsigned(body.length).raw(body);
    }
    Binary reader = new Binary().op(0);
    hidden.forEach(global -> reader.op(0x23).unsigned(global));
    byte[] body = reader.op(0x0B).toBytes();
    out.unsigned(body.length).raw(body);
    for (int probe = 0; probe < probes(); probe++) {
      Binary one = new Binary().op(0, 0x41, 0, 0x41, 0, 0x41, 1);
      byte[] copy =
          (probe == 0 ? one.op(0xFC, 8, 1, 0) : one.op(0xFC, 12, 1, 1)).op(0x0B).toBytes();
      out.unsigned(copy.length).raw(copy);
    }
    return out;
  }

  private Binary data() {
    byte[] bytes = new byte[DATA];
    random.nextBytes(bytes);
    Binary out = new Binary().unsigned(2);
    out.op(0, 0x41).signed(random.nextInt(1000)).op(0x0B).unsigned(DATA).raw(bytes);
    out.op(1).unsigned(DATA).raw(bytes);
    return out;
  }
}
