package org.wasmservlet.compiler.ir;

/**
 * A static method of the runtime: the context first, unless it only computes, then the operands,
 * then constants.
 *
 * @param owner internal name of its class
 * @param name of the method
 * @param operands types of the operands
 * @param result its type, or V
 * @param constants int arguments that are known at compile time
 * @param effects of the call, as in {@link Node}; 0 if it only computes
 */
public record Helper(
    String owner, String name, String operands, char result, int[] constants, int effects) {
  public static final String RUNTIME = "org/wasmservlet/compiler/runtime/";
  public static final String VECTOR = "org/wasmservlet/compiler/vector/";
  public static final String CONTEXT = RUNTIME + "Context";

  /** What compiled code throws and catches. */
  public static final String EXCEPTION = "com/dylibso/chicory/runtime/WasmException";

  public static Helper bulk(String name, String operands, char result, int... constants) {
    return new Helper(RUNTIME + "Bulk", name, operands, result, constants, Node.WRITES);
  }

  /** An instruction that changes nothing. */
  public static Helper query(String name, String operands, char result, int... constants) {
    return new Helper(RUNTIME + "Bulk", name, operands, result, constants, Node.READS | Node.TRAPS);
  }

  /** What atomic instructions check. */
  public static Helper atomic(String name, String operands, char result, int... constants) {
    return new Helper(RUNTIME + "Atomics", name, operands, result, constants, Node.TRAPS);
  }

  /** What computes from its operands alone, for vectors. */
  static Helper computing(String owner, String name, String operands, char result) {
    return new Helper(VECTOR + owner, name, operands, result, new int[0], 0);
  }

  /** The same with constants. */
  public Helper with(int... more) {
    return new Helper(owner, name, operands, result, more, effects);
  }

  /** Part of what is done to exceptions. */
  public static Helper exceptions(String name, String operands, char result, int... constants) {
    return new Helper(RUNTIME + "Exceptions", name, operands, result, constants, Node.WRITES);
  }

  public String descriptor() {
    StringBuilder b = new StringBuilder("(");
    if (effects != 0) {
      b.append('L').append(CONTEXT).append(';');
    }
    for (char c : operands.toCharArray()) {
      b.append(type(c));
    }
    b.append("I".repeat(constants.length));
    return b.append(')').append(type(result)).toString();
  }

  private static String type(char type) {
    return type == 'A' ? "[J" : type == 'E' ? "L" + EXCEPTION + ";" : String.valueOf(type);
  }
}
