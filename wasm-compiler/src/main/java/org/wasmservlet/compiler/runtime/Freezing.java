package org.wasmservlet.compiler.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Thrown by a host function to freeze the stack: on its way out every function that is compiled for
 * that leaves its variables here.
 */
public final class Freezing extends Error {
  private static final long serialVersionUID = 1L;

  private transient int[] stack;
  private final transient List<Activation> activations = new ArrayList<>();
  private int function = -1;
  private transient long[] arguments;
  private int entries;
  private int goneOnFrom;
  private transient InstanceState state;

  /**
   * Makes it.
   *
   * @param stack the functions that are on it, innermost first
   */
  public Freezing(int... stack) {
    super("the stack is to be frozen", null, false, false);
    this.stack = stack;
    this.goneOnFrom = stack.length;
  }

  /**
   * Called by generated code, from the innermost function outwards.
   *
   * @param function its index
   * @param site the number of the call
   * @param values raw bits, of its own
   */
  public void add(int function, int site, long[] values) {
    activations.add(new Activation(function, site, values));
  }

  /** It leaves the host function, which has not changed its arguments. */
  void leavesHost(int imported, long[] passed) {
    if (function < 0) {
      function = imported;
      arguments = passed.clone();
    }
  }

  /**
   * It leaves an instance that has gone on from where it was frozen before.
   *
   * @param waiting the functions that wait for the outermost one on the Java stack, innermost first
   * @param goneOn whether that one has gone on; if not, there is none
   */
  void leavesResumed(Context context, List<Activation> waiting, boolean goneOn) {
    goneOnFrom = goneOn ? stack.length - 1 : stack.length;
    stack =
        IntStream.concat(IntStream.of(stack), waiting.stream().mapToInt(Activation::function))
            .toArray();
    activations.addAll(waiting);
    leavesInstance(context);
  }

  /** It leaves an instance: from here on nothing of it is kept. */
  void leavesInstance(Context context) {
    entries++;
    if (entries == 1 && isWhole()) {
      state = InstanceState.of(context);
    }
  }

  /**
   * Whether all functions on the stack are here.
   *
   * @return false if some were not compiled for that
   */
  public boolean isWhole() {
    return stack.length == activations.size()
        && IntStream.range(0, stack.length)
            .allMatch(i -> stack[i] == activations.get(i).function());
  }

  /**
   * The functions that were on the stack.
   *
   * @return their indices, innermost first; not to be changed
   */
  public int[] stack() {
    return stack;
  }

  /**
   * Where on the stack the functions begin that were frozen before, and have gone on or wait.
   *
   * @return the place in {@link #stack}; its length if there are none
   */
  public int goneOnFrom() {
    return goneOnFrom;
  }

  /**
   * What was left here.
   *
   * @return innermost first
   */
  public List<Activation> activations() {
    return activations;
  }

  /**
   * How often it left compiled code for that of the host, or of another instance.
   *
   * @return 1 if only one instance was on the stack, and no host function but the one that threw
   */
  public int entries() {
    return entries;
  }

  /**
   * The host function that threw.
   *
   * @return the index of the import, or -1 if it was not called by compiled code
   */
  public int function() {
    return function;
  }

  /**
   * What it was called with.
   *
   * @return raw bits; not to be changed
   */
  public long[] arguments() {
    return arguments;
  }

  /**
   * What the instance was.
   *
   * @return null if the stack was not whole
   */
  public InstanceState state() {
    return state;
  }
}
