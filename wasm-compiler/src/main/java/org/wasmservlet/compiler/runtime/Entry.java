package org.wasmservlet.compiler.runtime;

/**
 * One function as an object, for calls that are not known at compile time. Every function type has
 * a generated abstract subclass with a typed method {@code call}; every function called so has a
 * class of its own below that, which is what HotSpot's receiver profiles tell apart.
 */
public abstract class Entry {
  /** Number of the function's type among the module's distinct ones; -1 if it has none there. */
  public final int signature;

  /**
   * Made by generated code.
   *
   * @param signature the number of the type
   */
  protected Entry(int signature) {
    this.signature = signature;
  }

  /**
   * Calls the function.
   *
   * @param context of the calling instance
   * @param args the arguments as raw bits
   * @return the results as raw bits
   */
  public abstract long[] apply(Context context, long[] args);

  /**
   * Calls the function, which may leave its last call to {@link Context#tail}.
   *
   * @param context of the calling instance
   * @param args the arguments as raw bits
   * @return the results as raw bits; without meaning while a tail call is pending
   */
  public long[] applyTail(Context context, long[] args) {
    return apply(context, args);
  }
}
