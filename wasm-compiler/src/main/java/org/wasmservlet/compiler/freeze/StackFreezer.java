package org.wasmservlet.compiler.freeze;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.wasmservlet.compiler.emit.FormLayout;
import org.wasmservlet.compiler.load.CapturingCode;
import org.wasmservlet.compiler.pipeline.FormCompiler;
import org.wasmservlet.compiler.runtime.Activation;
import org.wasmservlet.compiler.runtime.Freezing;
import org.wasmservlet.compiler.runtime.FrozenStack;
import org.wasmservlet.compiler.runtime.Images;
import org.wasmservlet.compiler.runtime.InstanceState;

/**
 * Freezes one program. The first run tells which functions are on the stack; another one has these
 * in their capturing form. If then the stack is another, these functions are added, and so on.
 */
public final class StackFreezer {
  private static final int MOST_RUNS = 4;

  private final FormRegistry forms;
  private final FormCompiler compiler;
  private final WasmModule module;
  private final IntFunction<String> names;

  /** Where the runs begin; null if that is the program's beginning. */
  private final FrozenStack from;

  private final BitSet functions;
  private FormRegistry.Capturing capturing;
  private Map<Integer, FormRegistry.Resuming> again = Map.of();
  private int runs;

  /**
   * Begins.
   *
   * @param module as its instances have it
   * @param names of functions
   * @param from where the runs begin; null if that is the program's beginning
   */
  public StackFreezer(
      FormRegistry forms,
      FormCompiler compiler,
      WasmModule module,
      IntFunction<String> names,
      FrozenStack from) {
    this.forms = forms;
    this.compiler = compiler;
    this.module = module;
    this.names = names;
    this.from = from;
    this.functions = forms.lastStack(sites());
  }

  /**
   * What was frozen.
   *
   * @param images what instances begin with
   * @param state what the instance was
   */
  public record Frozen(Images images, InstanceState state, FrozenStack stack) {}

  private Map<Integer, BitSet> sites() {
    return from == null ? Map.of() : from.sites();
  }

  /**
   * What a run begins with.
   *
   * @param code of its instance
   * @param stack on which it goes on; null if it begins at the program's beginning
   */
  public record Attempt(CapturingCode code, FrozenStack stack) {}

  /** The next run's. */
  public Attempt next() throws Refusal {
    if (runs++ == MOST_RUNS) {
      throw new Refusal("its stack was another one in each of " + MOST_RUNS + " runs");
    }
    if (capturing == null) {
      checkImports();
    }
    capturing = forms.capturing(functions, compiler);
    if (from == null) {
      return new Attempt(capturing.code(), null);
    }
    again = forms.resumingAgain(capturing, sites(), compiler);
    Map<Integer, FormRegistry.Resuming> present = forms.resuming(sites(), compiler::resuming);
    List<FrozenStack.Frame> frames = new ArrayList<>();
    for (FrozenStack.Frame frame : from.frames()) {
      int function = frame.activation().function();
      frames.add(again.get(function).frame(frame.activation(), present.get(function).layout()));
    }
    return new Attempt(
        capturing.code(), new FrozenStack(from.imported(), from.arguments(), frames));
  }

  private void checkImports() throws Refusal {
    if (module.importSection().count(ExternalType.MEMORY) > 0) {
      throw new Refusal("it imports its memory");
    }
    if (module.importSection().count(ExternalType.TABLE) > 0) {
      throw new Refusal("it imports a table");
    }
  }

  /**
   * Looks at what a run has thrown.
   *
   * @return null if it takes another one
   */
  public Frozen frozen(Freezing thrown) throws Refusal {
    if (thrown.function() < 0 || thrown.stack().length == 0) {
      throw new Refusal("no function of it was on the stack");
    }
    if (thrown.entries() > 1) {
      throw new Refusal("a host function that calls back, or another instance, is on its stack");
    }
    for (int function : thrown.stack()) {
      if (forms.index().tailCalling().get(function)) {
        throw new Refusal(names.apply(function) + " makes tail calls");
      }
      if (forms.index().catching().get(function)) {
        throw new Refusal(names.apply(function) + " catches exceptions");
      }
    }
    BitSet called = new BitSet();
    IntStream.of(thrown.stack()).limit(thrown.goneOnFrom()).forEach(called::set);
    if (thrown.state() == null) {
      functions.or(called);
      return null;
    }
    if (thrown.state().foreign()) {
      throw new Refusal("a table has functions of another instance");
    }
    forms.lastStack(sites(), called);
    return new Frozen(FrozenImages.of(module, thrown.state()), thrown.state(), stack(thrown));
  }

  private FrozenStack stack(Freezing thrown) throws Refusal {
    Map<Integer, BitSet> sites = new HashMap<>();
    for (Activation each : thrown.activations()) {
      sites.computeIfAbsent(each.function(), function -> new BitSet()).set(each.site());
    }
    Map<Integer, FormRegistry.Resuming> resuming = forms.resuming(sites, compiler::resuming);
    List<FrozenStack.Frame> frames = new ArrayList<>();
    for (Activation each : thrown.activations()) {
      FormLayout left =
          frames.size() < thrown.goneOnFrom()
              ? capturing.layouts().get(each.function())
              : again.get(each.function()).layout();
      frames.add(resuming.get(each.function()).frame(each, left));
    }
    return new FrozenStack(thrown.function(), thrown.arguments(), frames);
  }

  /** A variable that the capturing form has not in its frame was never set, and is 0. */
  static Activation translate(Activation activation, FormLayout from, FormLayout to) {
    Map<Integer, Long> byKey = new HashMap<>();
    for (int i = 0; i < from.keys().length; i++) {
      byKey.put(from.keys()[i], activation.values()[i]);
    }
    long[] values = IntStream.of(to.keys()).mapToLong(key -> byKey.getOrDefault(key, 0L)).toArray();
    return new Activation(activation.function(), activation.site(), values);
  }
}
