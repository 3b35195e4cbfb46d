package org.wasmservlet.compiler.code;

import org.wasmservlet.compiler.ir.VectorOperator;

/** What is valid of vector instructions besides their operands (core specification, 3.4.8). */
final class Vectors {
  /** Lanes of both operands of a shuffle. */
  private static final int LANES = 32;

  private Vectors() {}

  /**
   * Looks at the immediate operands.
   *
   * @throws CodeFault if they are not valid
   */
  static void check(Instruction instruction, ModuleTypes module) {
    VectorOperator op = instruction.vector();
    switch (op.immediates()) {
      case NONE, BYTES -> {}
      case LANE -> checkLane(instruction.operand(0), op.lanes());
      case SHUFFLE -> {
        for (int i = 0; i < 16; i++) {
          checkLane(instruction.operand(i / 8) >>> 8 * (i % 8) & 0xFF, LANES);
        }
      }
      case MEMORY -> module.checkAccess(instruction, op.width());
      case MEMORY_LANE -> {
        module.checkAccess(instruction, op.width());
        checkLane(instruction.operand(2), op.lanes());
      }
    }
  }

  private static void checkLane(long lane, int lanes) {
    if (lane >= lanes) {
      throw CodeFault.invalid("invalid lane index " + lane);
    }
  }
}
