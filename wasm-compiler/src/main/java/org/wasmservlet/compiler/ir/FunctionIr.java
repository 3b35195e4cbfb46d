package org.wasmservlet.compiler.ir;

import java.util.Arrays;
import java.util.List;

/**
 * A function as basic blocks over variables: its parameters and locals, then the places of operands
 * that outlive a statement.
 *
 * @param index of the function
 * @param signature its type
 * @param blocks in order; the first is the entry, to which nothing jumps
 * @param variables the type of every variable
 * @param argumentArray the variable with the arguments, or -1 if they are parameters of their own
 * @param calls whether it calls anything
 * @param tailCalls whether it leaves tail calls to its caller
 * @param catches whether an exception may go on in it
 * @param form what it is compiled for
 * @param keys by variable, as far as they may outlive a call: a number that is the same in every
 *     form; -1 for none
 */
public record FunctionIr(
    int index,
    Signature signature,
    List<Block> blocks,
    char[] variables,
    int argumentArray,
    boolean calls,
    boolean tailCalls,
    boolean catches,
    Form form,
    int[] keys) {
  /** The key of a variable, or -1. */
  public int key(int variable) {
    return variable < keys.length ? keys[variable] : -1;
  }

  /** The variables that are parameters of the function's method. */
  public int[] parameters() {
    if (argumentArray >= 0) {
      return new int[] {argumentArray};
    }
    int[] parameters = new int[signature.params.length()];
    Arrays.setAll(parameters, p -> p);
    return parameters;
  }

  public FunctionIr withVariables(char[] types) {
    return new FunctionIr(
        index, signature, blocks, types, argumentArray, calls, tailCalls, catches, form, keys);
  }
}
