package org.wasmservlet.compiler.ir;

/**
 * A vector instruction.
 *
 * @param code its second number (core specification, 5.4.9)
 * @param name as the text format has it
 * @param kind how the halves of its result come from those of its operands
 * @param type what it takes and gives
 * @param immediates what follows its numbers
 * @param shape what its lanes are called; of one that accesses memory, those of its result
 * @param width bytes of memory that it accesses; 0 for none
 * @param helper computes a half of the result, or all of it if that is a number; null if that takes
 *     no method
 */
public record VectorOperator(
    int code,
    String name,
    Kind kind,
    BlockType type,
    Immediates immediates,
    String shape,
    int width,
    Helper helper) {
  /** How an instruction works on halves. */
  public enum Kind {
    LOAD,
    /** Loads a half of narrow lanes, and makes them wide. */
    LOAD_EXTEND,
    /** Loads a number for all lanes. */
    LOAD_SPLAT,
    /** Loads a number for the first lane; the others are 0. */
    LOAD_ZERO,
    LOAD_LANE,
    STORE,
    STORE_LANE,
    CONST,
    SHUFFLE,
    /** A half of the result comes from both of the first operand, and one of the second. */
    SWIZZLE,
    SPLAT,
    EXTRACT,
    REPLACE,
    /** A half of the result comes from the same half of each operand. */
    LANES,
    /** The same; the last operand is a number. */
    SHIFT,
    /** Gives a number that comes from both halves. */
    TEST,
    /** A half of the result comes from all of one operand. */
    NARROW,
    /** The low half of the result comes from all of the operand; the high one is 0. */
    NARROW_ZERO,
    /** A half of the result comes from half of each operand's low half. */
    WIDEN_LOW,
    /** The same of the high half. */
    WIDEN_HIGH
  }

  /** What follows an instruction's numbers. */
  public enum Immediates {
    NONE,
    /** Of a lane. */
    LANE,
    /** A vector. */
    BYTES,
    /** Of 16 lanes. */
    SHUFFLE,
    MEMORY,
    MEMORY_LANE
  }

  /** How many lanes a vector of the shape has. */
  public int lanes() {
    return Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
  }

  /** How many bits a lane has. */
  public int bits() {
    return 128 / lanes();
  }
}
