package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.Instance;
import java.util.List;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.runtime.Calls;
import org.wasmservlet.compiler.runtime.Freezing;
import org.wasmservlet.compiler.runtime.FrozenStack;

/**
 * Where a program is to be frozen. Made by {@link Freezer} for one run; used by the thread that
 * runs it.
 */
public final class FreezePoint {
  /** Where the run begins; null if that is the program's beginning. */
  private final FrozenStack from;

  private Freezing thrown;

  FreezePoint(FrozenStack from) {
    this.from = from;
  }

  /**
   * Goes on where the program was frozen before, in a run of {@link Freezer#freezeAgain}; otherwise
   * as {@link FrozenInstance#resume}.
   *
   * @param instance made by this run's builder
   * @return the results of the outermost function, which was called from outside, as raw bits
   * @throws IllegalStateException if the run begins at the program's beginning, or the instance has
   *     been resumed before
   */
  public long[] resume(Instance instance) {
    if (from == null) {
      throw new IllegalStateException("the program has not been frozen before");
    }
    return ((CompiledMachine) instance.getMachine()).resume(from);
  }

  /**
   * Freezes the program in a call of a host function, which does {@code throw point.freeze();}
   * before it has changed anything of the instance, or its arguments. What is thrown must leave the
   * program as it is: no host function may catch it. A frozen program that goes on calls the host
   * function again.
   *
   * @return what is to be thrown, never null
   */
  public Error freeze() {
    List<Integer> stack =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .takeWhile(frame -> !isOutside(frame))
                        .map(
                            each ->
                                ClassNames.functionOf(each.getClassName(), each.getMethodName()))
                        .filter(function -> function >= 0)
                        .toList());
    thrown = new Freezing(stack.stream().mapToInt(function -> function).toArray());
    return thrown;
  }

  /** Whoever runs this program may be called by another one. */
  private static boolean isOutside(StackWalker.StackFrame frame) {
    return isMethod(frame, Calls.class, "enter") || isMethod(frame, FrozenStack.class, "resume");
  }

  private static boolean isMethod(StackWalker.StackFrame frame, Class<?> of, String name) {
    return frame.getClassName().equals(of.getName()) && frame.getMethodName().equals(name);
  }

  /** What {@link #freeze()} gave last, or null. */
  Freezing thrown() {
    return thrown;
  }
}
