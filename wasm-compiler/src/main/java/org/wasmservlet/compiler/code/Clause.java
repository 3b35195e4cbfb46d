package org.wasmservlet.compiler.code;

/**
 * A catch clause of a {@code try_table}.
 *
 * @param tag what is caught; -1 for everything
 * @param reference whether the branch carries a reference to the exception too
 * @param label where it branches to, counted from outside of the instruction
 */
public record Clause(int tag, boolean reference, int label) {
  /** Catches whatever is thrown. */
  public static final int ALL = -1;
}
