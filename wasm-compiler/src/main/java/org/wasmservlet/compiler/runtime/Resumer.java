package org.wasmservlet.compiler.runtime;

/**
 * Goes on in a function after a call in which it was frozen. Its subclasses are generated. Without
 * state, safe for use by several threads.
 */
public abstract class Resumer {
  /** Made by generated code. */
  protected Resumer() {}

  /**
   * Runs the function to its end.
   *
   * @param context of the instance: has the result of the call in a field of its type, and
   *     afterwards that of the function
   * @param values of the function's variables, raw bits; not changed
   * @param id where to go on
   */
  public abstract void resume(Context context, long[] values, int id);
}
