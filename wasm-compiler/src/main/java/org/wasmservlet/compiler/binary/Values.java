package org.wasmservlet.compiler.binary;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the code of a module takes and gives: locals of its functions, and operands of its calls,
 * blocks and branches. A few bytes can declare many, each of which costs whoever compiles them. For
 * any number of threads.
 */
public final class Values {
  private final AtomicLong locals = new AtomicLong();
  private final AtomicLong operands = new AtomicLong();
  private final long mostLocals;
  private final long mostOperands;

  /** Counts from 0. */
  public Values(byte[] binary) {
    mostLocals = Limits.variables(binary.length);
    mostOperands = Limits.values(binary.length);
  }

  /**
   * Adds locals.
   *
   * @throws TooMuchException if there are too many
   */
  public void locals(long more, int offset) {
    Limits.check(locals.addAndGet(more), mostLocals, "locals of all functions together", offset);
  }

  /**
   * Adds operands of a function.
   *
   * @param more that were not there before
   * @param ofFunction all so far
   * @param bytes of the function
   * @throws TooMuchException if there are too many
   */
  public void operands(long more, long ofFunction, int bytes, int offset) {
    Limits.check(
        ofFunction,
        Limits.valuesOfFunction(bytes),
        "values of calls and branches together of a function",
        offset);
    Limits.check(
        operands.addAndGet(more), mostOperands, "values of calls and branches together", offset);
  }

  /** How many locals a function may have, parameters too. */
  public static void checkLocals(long count, int offset) {
    Limits.check(count, Limits.LOCALS, "locals of a function", offset);
  }
}
