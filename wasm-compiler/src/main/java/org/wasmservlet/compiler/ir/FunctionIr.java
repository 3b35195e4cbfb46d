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
 */
public record FunctionIr(
    int index,
    Signature signature,
    List<Block> blocks,
    char[] variables,
    int argumentArray,
    boolean calls,
    boolean tailCalls) {
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
    return new FunctionIr(index, signature, blocks, types, argumentArray, calls, tailCalls);
  }
}
