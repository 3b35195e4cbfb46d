package org.wasmservlet.compiler.code;

/** The body of a function, which is read once from its beginning to its end. For one thread. */
public interface Body {
  /**
   * The types of the locals that are no parameters: {@link org.wasmservlet.compiler.ir.ValueTypes}.
   */
  byte[] locals();

  /**
   * Reads an instruction.
   *
   * @param into becomes it
   * @return false if there is none after the function's end, which is one
   * @throws com.dylibso.chicory.wasm.ChicoryException if the body is malformed or not valid; the
   *     message names the function, the place and the rule
   * @throws org.wasmservlet.compiler.ir.NotCompiledException if it is not compiled
   */
  boolean next(Instruction into);
}
