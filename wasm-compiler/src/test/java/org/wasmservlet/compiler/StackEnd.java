package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of its own, for it may ruin its JVM: guests do at the end of the stack what nobody in
 * this JVM has done before, and then all over again where there is room.
 */
final class StackEnd {
  static final String HEALTHY = "healthy";

  private static final int DEEDS = 13;
  private static final int NOTHING = 0;
  private static final int ANSWER = 42;

  /** No frame is so small. */
  private static final int LEAST_FRAME = 8;

  private final CompiledCode code;
  private final String way;
  private final int stackBytes;
  private final int steps;
  private final List<String> faults;

  private StackEnd(CompiledCode code, String way, int stackBytes, int steps, List<String> faults) {
    this.code = code;
    this.way = way;
    this.stackBytes = stackBytes;
    this.steps = steps;
    this.faults = faults;
  }

  /**
   * Attacks.
   *
   * @param arguments the size of the threads' stacks in KiB; how often each thing is tried near
   *     their end; the {@link Chunks}; the ways to get there, which are exports
   */
  public static void main(String[] arguments) throws InterruptedException {
    int stackBytes = Integer.parseInt(arguments[0]) << 10;
    int steps = Integer.parseInt(arguments[1]);
    WasmModule module = Guests.module("dive");
    List<String> faults = new ArrayList<>();
    for (String chunks : arguments[2].split("\\+")) {
      for (String way : arguments[3].split("\\+")) {
        CompiledCode code = Chunks.valueOf(chunks).compiler().compile(module);
        new StackEnd(code, way, stackBytes, steps, faults).attack();
      }
    }
    print(faults.isEmpty() ? HEALTHY : String.join("\n", faults));
  }

  private void attack() throws InterruptedException {
    int end = end();
    if (end < 100) {
      faults.add(this + ": the stack ends at depth " + end);
    }
    for (int deed = DEEDS - 1; deed >= 0; deed--) {
      Instance instance = instance();
      for (int step = 0; step < steps; step++) {
        // From the end of the stack upwards, less and less near.
        dive(instance, end - (int) ((long) end * step * step / steps / steps / 4), deed);
      }
      expectAnswer(instance, deed);
      expectGlobals(instance);
    }
    for (int deed = 0; deed < DEEDS; deed++) {
      expectAnswer(instance(), deed);
    }
  }

  /** A depth that the stack is a little too small for. */
  private int end() throws InterruptedException {
    int low = 0;
    int high = stackBytes / LEAST_FRAME;
    Instance instance = instance();
    while (high - low > stackBytes >> 13) {
      int middle = (low + high) >>> 1;
      if (dive(instance, middle, NOTHING)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Whether there was room. */
  private boolean dive(Instance instance, int depth, int deed) throws InterruptedException {
    Object[] outcome = new Object[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                outcome[0] = instance.export(way).apply(depth, deed)[0];
              } catch (Throwable thrown) {
                outcome[0] = thrown;
              }
            },
            way,
            stackBytes);
    thread.start();
    thread.join();
    if (outcome[0] instanceof ChicoryException trap
        && "call stack exhausted".equals(trap.getMessage())) {
      return false;
    }
    if (!Long.valueOf(ANSWER).equals(outcome[0])) {
      faults.add(this + ", deed " + deed + " at depth " + depth + ": " + outcome[0]);
    }
    return true;
  }

  private void expectAnswer(Instance instance, int deed) throws InterruptedException {
    if (!dive(instance, 5, deed)) {
      faults.add(this + ", deed " + deed + ": no room at depth 5");
    }
  }

  /** The host sees what the guest has counted. */
  private void expectGlobals(Instance instance) {
    instance.export("depth").apply();
    instance.export("down").apply(5, NOTHING);
    long counted = instance.global(0).getValue();
    if (counted != 6) {
      faults.add(this + ": the host sees a global of " + counted + " instead of 6");
    }
  }

  private Instance instance() {
    Instance[] instance = new Instance[1];
    HostFunction again =
        new HostFunction(
            "host",
            "again",
            FunctionType.of(List.of(ValType.I32, ValType.I32), List.of(ValType.I32)),
            (caller, arguments) -> instance[0].export("outside").apply(arguments));
    instance[0] =
        code.builder().withImportValues(ImportValues.builder().addFunction(again).build()).build();
    return instance[0];
  }

  @Override
  public String toString() {
    return way + " on " + stackBytes + " bytes";
  }

  private static void print(String text) {
    System.out.println(text);
  }
}
