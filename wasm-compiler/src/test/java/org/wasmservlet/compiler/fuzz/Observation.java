package org.wasmservlet.compiler.fuzz;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.wasmservlet.compiler.FreezePoint;

/** What can be seen from outside of a random module's functions: results, traps, and the state. */
final class Observation {
  private static final int CALLS = 3;

  /** Bytes of memory that nearly all addresses are in. */
  private static final int MOSTLY_USED = 0x2100;

  /** The engines word some of them differently. */
  private static final List<String> TRAPS =
      List.of(
          "out of bounds memory",
          "out of bounds table",
          "divide by zero",
          "integer overflow",
          "invalid conversion",
          "unreachable",
          "indirect call type mismatch",
          "undefined element",
          "uninitialized element");

  private final RandomModule module;
  private final Random random;
  private final List<String> lines = new ArrayList<>();
  private final GlobalInstance shared = new GlobalInstance(Value.i64(77), MutabilityType.Var);
  private int values;
  private int traps;

  /** How often the host has been called. */
  private int hostCalls;

  /** The call of the host in which to freeze, or -1. */
  private final int freezeAt;

  private final FreezePoint point;

  /** The number of the running call of a function. */
  private int running;

  Observation(RandomModule module, long seed) {
    this(module, seed, -1, null);
  }

  /** One that is not the whole: the program is frozen in a call of the host. */
  Observation(RandomModule module, long seed, int freezeAt, FreezePoint point) {
    this.module = module;
    this.random = new Random(~seed);
    this.freezeAt = freezeAt;
    this.point = point;
  }

  List<String> lines() {
    return lines;
  }

  /** How many calls gave values. */
  int values() {
    return values;
  }

  int traps() {
    return traps;
  }

  int hostCalls() {
    return hostCalls;
  }

  Instance run(Instance.Builder builder) {
    Instance instance = build(builder);
    observe(instance, -1, null);
    return instance;
  }

  /** Goes on where another one was frozen. */
  Instance resume(Observation frozen, Instance.Builder builder, Function<Instance, long[]> resume) {
    lines.addAll(frozen.lines);
    shared.setValue(frozen.shared.getValue());
    Instance instance = build(builder);
    observe(instance, frozen.running, () -> resume.apply(instance));
    return instance;
  }

  private Instance build(Instance.Builder builder) {
    HostFunction host =
        new HostFunction(
            "h",
            "f",
            FunctionType.of(List.of(ValType.I32, ValType.I64), List.of(ValType.I64)),
            this::host);
    return builder
        .withImportValues(
            ImportValues.builder()
                .addFunction(host)
                .addGlobal(new ImportGlobal("h", "g", shared))
                .build())
        .build();
  }

  /**
   * Calls all functions.
   *
   * @param interrupted the number of the call that was frozen, or -1
   * @param rest what is left of it
   */
  private void observe(Instance instance, int interrupted, Supplier<long[]> rest) {
    for (int f = 0; f < module.signatures.length; f++) {
      Types.Signature signature = Types.ALL.get(module.signatures[f]);
      String name = "f" + f;
      for (int call = 0; call < CALLS; call++) {
        long[] arguments =
            signature.parameters().stream().mapToLong(type -> argument(type, random)).toArray();
        running = f * CALLS + call;
        if (running < interrupted) {
          continue;
        }
        Supplier<long[]> results = rest;
        if (running != interrupted) {
          instance.exports().global("g" + RandomModule.FUEL_GLOBAL).setValue(module.fuel);
          results = () -> instance.export(name).apply(arguments);
        }
        lines.add(name + " " + outcome(results, signature.results()));
        globals(instance);
        memory(instance, MOSTLY_USED);
      }
      if (running < interrupted) {
        continue;
      }
      memory(instance, instance.memory().pages() * Memory.PAGE_SIZE);
      for (int t = 0; t < 3; t++) {
        table(instance.exports().table("t" + t));
      }
    }
  }

  /** The imported function changes what the guest sees, and now and then calls it back. */
  private long[] host(Instance instance, long... arguments) {
    if (hostCalls++ == freezeAt) {
      throw point.freeze();
    }
    int number = (int) arguments[0];
    shared.setValue(shared.getValue() * 31 + number);
    instance.memory().writeI32(number & 0xFFC, (int) arguments[1]);
    long fuel = instance.exports().global("g" + RandomModule.FUEL_GLOBAL).getValue();
    boolean back = (number & 3) == 0 && (int) fuel > 0;
    return new long[] {back ? instance.export("f0").apply()[0] : arguments[1] ^ number};
  }

  private void globals(Instance instance) {
    StringBuilder seen = new StringBuilder("globals " + shared.getValue());
    for (int global : RandomModule.EXPORTED) {
      long value = instance.exports().global("g" + global).getValue();
      seen.append(' ').append(bits(RandomModule.GLOBALS.get(global), value));
    }
    long[] hidden = instance.export("u").apply();
    int at = 0;
    for (int global = 1; global < RandomModule.GLOBALS.size(); global++) {
      if (!RandomModule.EXPORTED.contains(global)) {
        seen.append(' ').append(bits(RandomModule.GLOBALS.get(global), hidden[at++]));
      }
    }
    lines.add(seen.toString());
  }

  private void memory(Instance instance, int bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(instance.memory().readBytes(0, bytes));
    lines.add("memory " + bytes + " " + checksum.getValue());
  }

  /** The upper half of 32 bits means nothing to Chicory. */
  private static long bits(int type, long value) {
    return type == Types.I64 || type == Types.F64 ? value : (int) value;
  }

  /** A table that does not grow that of the module, and so of all instances, as Chicory's does. */
  static TableInstance table(Table declared, int initial) {
    TableLimits limits = new TableLimits(declared.limits().min(), declared.limits().max());
    return new TableInstance(new Table(declared.elementType(), limits), initial);
  }

  private void table(TableInstance table) {
    int[] references = new int[table.size()];
    for (int i = 0; i < references.length; i++) {
      references[i] = table.ref(i);
    }
    lines.add("table " + Arrays.toString(references));
  }

  static long argument(int type, Random random) {
    return switch (type) {
      case Types.I32 -> random.nextInt() >> random.nextInt(32) & 0xFFFFFFFFL;
      case Types.I64 -> random.nextLong() >> random.nextInt(64);
      case Types.F32 -> Float.floatToIntBits((float) random.nextGaussian() * 100);
      case Types.F64 -> Double.doubleToLongBits(random.nextGaussian() * 1e9);
      default -> random.nextBoolean() ? Value.REF_NULL_VALUE : random.nextInt(1000);
    };
  }

  private String outcome(Supplier<long[]> call, List<Integer> types) {
    try {
      long[] results = call.get();
      values++;
      for (int i = 0; i < types.size(); i++) {
        results[i] = bits(types.get(i), results[i]);
      }
      return results == null ? "[]" : Arrays.toString(results);
    } catch (ChicoryException e) {
      traps++;
      String message = String.valueOf(e.getMessage());
      return TRAPS.stream().filter(message::contains).findFirst().orElse(message);
    }
  }
}
