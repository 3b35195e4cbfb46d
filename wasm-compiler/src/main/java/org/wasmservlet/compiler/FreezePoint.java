package org.wasmservlet.compiler;

import java.util.List;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.runtime.Calls;
import org.wasmservlet.compiler.runtime.Freezing;

/**
 * Where a program is to be frozen. Made by {@link Freezer} for one run; used by the thread that
 * runs it.
 */
public final class FreezePoint {
  private Freezing thrown;

  FreezePoint() {}

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
    return frame.getClassName().equals(Calls.class.getName())
        && frame.getMethodName().equals("enter");
  }

  /** What {@link #freeze()} gave last, or null. */
  Freezing thrown() {
    return thrown;
  }
}
