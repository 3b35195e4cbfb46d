package org.wasmservlet.compiler.fuzz;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.wasmservlet.compiler.CompiledMachine;
import org.wasmservlet.compiler.FreezePoint;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;

/** What can be seen from outside of a random module's functions: results, traps, and the state. */
final class Observation {
  static final int CALLS = 3;

  /** Of the first of its calls the host looks how deep the stack is, which takes long. */
  private static final int MEASURED = 100;

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

  /** By call of a function. */
  private final List<long[]> arguments;

  private final List<String> lines = new ArrayList<>();
  private final GlobalInstance shared = new GlobalInstance(Value.i64(77), MutabilityType.Var);

  /**
   * A call of the host.
   *
   * @param caller the number of the call of a function that it was made in
   * @param depth how many methods are on the stack; 0 if nobody has looked
   */
  record HostCall(int caller, long depth) {}

  private int values;
  private int exceptions;
  private int traps;

  /** How often the host has been called. */
  private int hostCalls;

  /** What the host was called for. */
  private final List<HostCall> callsOfTheHost = new ArrayList<>();

  private final RandomHost host;

  /** The call of the host in which to freeze, or -1. */
  private final int freezeAt;

  private final FreezePoint point;

  /** What was grown when it was frozen. */
  private boolean grownMemory;

  private boolean grownTable;

  /** The host function in which it was frozen. */
  private int frozenIn = -1;

  /** What is done in a call of the host. */
  private Runnable meanwhile;

  private int meanwhileAt = -1;

  private boolean resumed;

  /** The number of the running call of a function. */
  private int running;

  Observation(RandomModule module, long seed) {
    this(module, seed, -1, null);
  }

  /** One that is not the whole: the program is frozen in a call of the host. */
  Observation(RandomModule module, long seed, int freezeAt, FreezePoint point) {
    this.module = module;
    this.host = new RandomHost(module);
    this.arguments = arguments(module, seed);
    this.freezeAt = freezeAt;
    this.point = point;
  }

  /** Observes a module by a compiler, and gives back what the instance holds. */
  static Observation of(WasmCompiler compiler, RandomModule module, long seed, byte[] binary) {
    Observation observed = new Observation(module, seed);
    Instance instance = observed.run(compiler.compile(WasmBinary.parse(binary)).builder());
    ((CompiledMachine) instance.getMachine()).close();
    return observed;
  }

  List<String> lines() {
    return lines;
  }

  /** How many calls gave values. */
  int values() {
    return values;
  }

  int exceptions() {
    return exceptions;
  }

  int traps() {
    return traps;
  }

  int hostCalls() {
    return hostCalls;
  }

  List<HostCall> callsOfTheHost() {
    return callsOfTheHost;
  }

  boolean grownMemory() {
    return grownMemory;
  }

  boolean grownTable() {
    return grownTable;
  }

  int frozenIn() {
    return frozenIn;
  }

  /** Has something done in a call of the host, before it answers. */
  void during(int call, Runnable action) {
    meanwhileAt = call;
    meanwhile = action;
  }

  Instance run(Instance.Builder builder) {
    Instance instance = build(builder);
    observe(instance, -1, null);
    return instance;
  }

  /** Goes on where another one was frozen. */
  Instance resume(Observation frozen, Instance.Builder builder, Function<Instance, long[]> resume) {
    resumed = true;
    lines.addAll(frozen.lines);
    shared.setValue(frozen.shared.getValue());
    host.become(frozen.host);
    hostCalls = frozen.freezeAt;
    Instance instance = build(builder);
    observe(instance, frozen.running, () -> resume.apply(instance));
    return instance;
  }

  private Instance build(Instance.Builder builder) {
    ImportValues.Builder imports =
        ImportValues.builder().addGlobal(new ImportGlobal("h", "g", shared));
    imports.addFunction(function(0, "f", this::answer));
    for (int i = 1; i < module.imported; i++) {
      int function = i;
      imports.addFunction(
          function(
              function,
              "f" + (function - 1),
              (instance, arguments) -> host.answer(instance, function, arguments)));
    }
    return builder.withImportValues(imports.build()).build();
  }

  private HostFunction function(int function, String name, WasmFunctionHandle answer) {
    return new HostFunction(
        "h",
        name,
        Types.functionType(module.signature(function)),
        (instance, arguments) -> {
          if (hostCalls++ == freezeAt) {
            frozenIn = function;
            grownMemory = instance.memory().pages() > 1;
            grownTable =
                instance.exports().table("t1").size() > RandomModule.TABLE
                    || instance.exports().table("t2").size() > RandomModule.TABLE;
            throw point.freeze();
          }
          if (!resumed) {
            callsOfTheHost.add(new HostCall(running, depth()));
          }
          if (hostCalls - 1 == meanwhileAt) {
            meanwhile.run();
          }
          return answer.apply(instance, arguments);
        });
  }

  /**
   * Calls all functions.
   *
   * @param interrupted the number of the call that was frozen, or -1
   * @param rest what is left of it
   */
  private void observe(Instance instance, int interrupted, Supplier<long[]> rest) {
    for (int f = 0; f < module.signatures.length; f++) {
      Types.Signature signature = module.signature(module.imported + f);
      String name = "f" + f;
      for (int call = 0; call < CALLS; call++) {
        running = f * CALLS + call;
        if (running < interrupted) {
          continue;
        }
        Supplier<long[]> results = rest;
        if (running != interrupted) {
          instance.exports().global("g" + RandomModule.FUEL_GLOBAL).setValue(module.fuel);
          long[] passed = arguments.get(running);
          results = () -> instance.export(name).apply(passed);
        }
        lines.add(name + " " + outcome(results, Types.passed(signature.results())));
        globals(instance);
        memory(instance, MOSTLY_USED);
      }
      if (running < interrupted) {
        continue;
      }
      for (int probe = 0; probe < module.probes(); probe++) {
        String copy = "p" + probe;
        lines.add(copy + " " + outcome(() -> instance.export(copy).apply(), List.of()));
      }
      memory(instance, instance.memory().pages() * Memory.PAGE_SIZE);
      for (int t = 0; t < 3; t++) {
        table(instance.exports().table("t" + t));
      }
    }
  }

  private long depth() {
    return callsOfTheHost.size() < MEASURED ? StackWalker.getInstance().walk(Stream::count) : 0;
  }

  /** The imported function changes what the guest sees, and now and then calls it back. */
  private long[] answer(Instance instance, long... arguments) {
    int number = (int) arguments[0];
    shared.setValue(shared.getValue() * 31 + number);
    instance.memory().writeI32(number & 0xFFC, (int) arguments[1]);
    long fuel = instance.exports().global("g" + RandomModule.FUEL_GLOBAL).getValue();
    boolean back = (number & (module.callsTheHost() ? 63 : 3)) == 0 && (int) fuel > 0;
    return new long[] {back ? instance.export("f0").apply()[0] : arguments[1] ^ number};
  }

  private void globals(Instance instance) {
    StringBuilder seen = new StringBuilder("globals " + shared.getValue());
    for (int global : RandomModule.EXPORTED) {
      long value = instance.exports().global("g" + global).getValue();
      seen.append(' ').append(Types.bits(module.global(global), value));
    }
    long[] hidden = instance.export("u").apply();
    List<Integer> types = Types.passed(module.hidden().stream().map(module::global).toList());
    for (int i = 0; i < hidden.length; i++) {
      seen.append(' ').append(Types.bits(types.get(i), hidden[i]));
    }
    seen.append(" host ").append(host.state());
    lines.add(seen.toString());
  }

  private void memory(Instance instance, int bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(instance.memory().readBytes(0, bytes));
    lines.add("memory " + bytes + " " + checksum.getValue());
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

  /** What the functions are called with: each of them several times. */
  static List<long[]> arguments(RandomModule module, long seed) {
    Random random = new Random(~seed);
    List<long[]> arguments = new ArrayList<>();
    for (int f = 0; f < module.signatures.length; f++) {
      List<Integer> types = Types.passed(module.signature(module.imported + f).parameters());
      for (int call = 0; call < CALLS; call++) {
        arguments.add(types.stream().mapToLong(type -> argument(type, random)).toArray());
      }
    }
    return arguments;
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
        results[i] = Types.bits(types.get(i), results[i]);
      }
      return results == null ? "[]" : Arrays.toString(results);
    } catch (WasmException e) {
      exceptions++;
      int type = RandomModule.TAGS.get(e.tagIdx());
      return "exception " + e.tagIdx() + (type == 0 ? "" : " " + Types.bits(type, e.args()[0]));
    } catch (ChicoryException e) {
      traps++;
      String message = String.valueOf(e.getMessage());
      return TRAPS.stream().filter(message::contains).findFirst().orElse(message);
    }
  }
}
