package org.wasmservlet.compiler.code;

/**
 * Operators of exceptions as they were before WebAssembly 3.0, which compilers still emit
 * (exception handling proposal, "legacy"). Chicory has no names for them.
 */
public enum LegacyOperator {
  TRY(0x06),
  CATCH(0x07),
  RETHROW(0x09),
  DELEGATE(0x18),
  CATCH_ALL(0x19);

  private final int opcode;

  LegacyOperator(int opcode) {
    this.opcode = opcode;
  }

  /** The operator; null if there is none of that number. */
  public static LegacyOperator of(int opcode) {
    for (LegacyOperator operator : values()) {
      if (operator.opcode == opcode) {
        return operator;
      }
    }
    return null;
  }
}
