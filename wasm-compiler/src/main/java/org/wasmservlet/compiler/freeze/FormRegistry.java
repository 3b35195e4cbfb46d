package org.wasmservlet.compiler.freeze;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.wasmservlet.compiler.emit.FormLayout;
import org.wasmservlet.compiler.emit.FunctionForm;
import org.wasmservlet.compiler.load.CapturingCode;
import org.wasmservlet.compiler.load.CodeIndex;
import org.wasmservlet.compiler.load.GeneratedCode;
import org.wasmservlet.compiler.pipeline.FormCompiler;
import org.wasmservlet.compiler.runtime.Activation;
import org.wasmservlet.compiler.runtime.FrozenStack;
import org.wasmservlet.compiler.runtime.Resumer;

/**
 * The other forms of a module's functions, as far as they have been made: they stay as long as the
 * module's code, and a program that is frozen again needs the same ones. Safe for use by several
 * threads.
 */
public final class FormRegistry {
  /** More would be of a program whose stack is another one each time. */
  private static final int MOST_SETS = 32;

  private static final int MOST_FORMS = 64;

  private final GeneratedCode code;
  private final CodeIndex index;
  private final Map<BitSet, Capturing> capturing = new HashMap<>();
  private final Map<Integer, Map<BitSet, Resuming>> resuming = new HashMap<>();

  /** By calls in which the runs began; those of none at the program's beginning. */
  private final Map<Map<Integer, BitSet>, BitSet> lastStacks = new HashMap<>();

  /** Makes one without any. */
  public FormRegistry(GeneratedCode code, CodeIndex index) {
    this.code = code;
    this.index = index;
  }

  /**
   * Code with some functions in their capturing form.
   *
   * @param functions which
   * @param layouts of their activations
   * @param again what goes on beside it and can be frozen once more, by the calls of its functions
   */
  record Capturing(
      CapturingCode code,
      BitSet functions,
      Map<Integer, FormLayout> layouts,
      Map<Map<Integer, BitSet>, Map<Integer, Resuming>> again) {}

  /**
   * What goes on in a function.
   *
   * @param number in the names of its classes
   */
  record Resuming(int number, Resumer resumer, FormLayout layout) {
    /** Goes on in a call of it that was left by another form. */
    FrozenStack.Frame frame(Activation activation, FormLayout from) {
      return new FrozenStack.Frame(
          StackFreezer.translate(activation, from, layout),
          resumer,
          layout.ids().get(activation.site()));
    }
  }

  /** Makes resuming forms. */
  interface Maker {
    /**
     * Makes them.
     *
     * @param sites by function: the numbers of the calls
     * @param numbers by function: the number in the names of its classes
     */
    FormCompiler.Forms make(Map<Integer, BitSet> sites, Map<Integer, Integer> numbers)
        throws Refusal;
  }

  CodeIndex index() {
    return index;
  }

  /**
   * The functions that were on the stack when a run that had begun there was frozen last.
   *
   * @param sites the calls in which it began
   */
  synchronized BitSet lastStack(Map<Integer, BitSet> sites) {
    return (BitSet) lastStacks.getOrDefault(sites, new BitSet()).clone();
  }

  synchronized void lastStack(Map<Integer, BitSet> sites, BitSet functions) {
    if (lastStacks.size() == MOST_SETS) {
      lastStacks.clear();
    }
    lastStacks.put(sites, (BitSet) functions.clone());
  }

  /** Makes capturing forms unless they are there. */
  synchronized Capturing capturing(BitSet functions, FormCompiler compiler) throws Refusal {
    Capturing known = capturing.get(functions);
    if (known != null) {
      return known;
    }
    int generation = capturing.size();
    if (generation == MOST_SETS) {
      throw new Refusal("its stack was another one too often");
    }
    BitSet own = (BitSet) functions.clone();
    FormCompiler.Forms forms = compiler.capturing(own, generation);
    code.add(forms.classes());
    Map<Integer, FormLayout> layouts = new HashMap<>();
    forms.compiled().forEach((function, form) -> layouts.put(function, form.layout()));
    CapturingCode view = new CapturingCode(code, index, own, generation);
    Capturing made = new Capturing(view, own, layouts, new HashMap<>());
    capturing.put(own, made);
    return made;
  }

  /**
   * Makes forms that go on beside capturing ones and can be frozen once more, unless they are
   * there.
   *
   * @param sites by function: the numbers of the calls
   */
  synchronized Map<Integer, Resuming> resumingAgain(
      Capturing beside, Map<Integer, BitSet> sites, FormCompiler compiler) throws Refusal {
    Map<Integer, Resuming> known = beside.again.get(sites);
    if (known != null) {
      return known;
    }
    int number = beside.again.size();
    if (number == MOST_SETS) {
      throw new Refusal("its stack was another one too often");
    }
    FormCompiler.Forms forms =
        compiler.resumingCapturing(beside.functions, beside.code.generation(), sites, number);
    code.add(forms.classes());
    Map<Integer, Resuming> made = new HashMap<>();
    forms.compiled().forEach((function, form) -> made.put(function, load(number, form)));
    beside.again.put(sites, made);
    return made;
  }

  /** Makes resuming forms unless they are there. */
  synchronized Map<Integer, Resuming> resuming(Map<Integer, BitSet> sites, Maker maker)
      throws Refusal {
    Map<Integer, BitSet> missing = new HashMap<>();
    Map<Integer, Integer> numbers = new HashMap<>();
    for (Map.Entry<Integer, BitSet> each : sites.entrySet()) {
      Map<BitSet, Resuming> forms =
          resuming.computeIfAbsent(each.getKey(), function -> new HashMap<>());
      if (!forms.containsKey(each.getValue())) {
        if (forms.size() == MOST_FORMS) {
          throw new Refusal("its stack was another one too often");
        }
        missing.put(each.getKey(), each.getValue());
        numbers.put(each.getKey(), freeNumber(each.getValue(), forms.values()));
      }
    }
    if (!missing.isEmpty()) {
      FormCompiler.Forms made = maker.make(missing, numbers);
      code.add(made.classes());
      made.compiled()
          .forEach(
              (function, form) ->
                  resuming
                      .get(function)
                      .put(sites.get(function), load(numbers.get(function), form)));
    }
    Map<Integer, Resuming> all = new HashMap<>();
    sites.forEach((function, calls) -> all.put(function, resuming.get(function).get(calls)));
    return all;
  }

  /** The number of the form that goes on after these calls: the same in every process. */
  static int number(BitSet sites) {
    // The hash of a BitSet takes calls that are 32 apart for the same.
    int hash = sites.stream().reduce(0, (sum, site) -> (sum + site + 1) * 0x9E3779B1);
    return hash & Integer.MAX_VALUE;
  }

  private static int freeNumber(BitSet sites, Collection<Resuming> taken) {
    int number = number(sites);
    while (isTaken(number, taken)) {
      number = (number + 1) & Integer.MAX_VALUE;
    }
    return number;
  }

  private static boolean isTaken(int number, Collection<Resuming> forms) {
    return forms.stream().anyMatch(form -> form.number == number);
  }

  private Resuming load(int number, FunctionForm.Compiled form) {
    return new Resuming(number, (Resumer) code.make(form.main()), form.layout());
  }
}
