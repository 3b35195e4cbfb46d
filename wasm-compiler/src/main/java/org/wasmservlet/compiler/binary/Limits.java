package org.wasmservlet.compiler.binary;

/**
 * How much of what a module may declare. Mostly the limits that engines in browsers agree on
 * (JavaScript API, implementation-defined limits), and less of what every instance has objects of;
 * no compiler comes near them. What costs much more than the bytes that declare it is bounded by
 * the size of the binary.
 */
final class Limits {
  static final int TYPES = 1_000_000;
  static final int PARAMETERS = 1_000;
  static final int RESULTS = 1_000;
  static final int FIELDS = 10_000;
  static final int FUNCTIONS = 1_000_000;
  static final int IMPORTS = 100_000;
  static final int EXPORTS = 100_000;
  static final int GLOBALS = 100_000;
  static final int TABLES = 1_000;
  static final int MEMORIES = 100;
  static final int TAGS = 100_000;
  static final int TABLE_ELEMENTS = 10_000_000;
  static final int SEGMENTS = 100_000;

  /** Of all segments together: each becomes some objects. */
  static final int SEGMENT_ELEMENTS = 1_000_000;

  static final int FUNCTION_BYTES = 7_654_321;
  static final int LOCALS = 50_000;

  /** Blocks that the branches of a module leave, together: the parser walks past each of them. */
  static final long LEFT_BLOCKS = 1L << 30;

  private static final long ANY_SIZE = 1_000_000;
  private static final int VARIABLES_A_BYTE = 4;
  private static final int VALUES_A_BYTE = 8;

  private Limits() {}

  /** Parameters, results and locals of all functions together. */
  static long variables(int size) {
    return ANY_SIZE + (long) VARIABLES_A_BYTE * size;
  }

  /** What calls, blocks and branches of all functions take and give together. */
  static long values(int size) {
    return ANY_SIZE + (long) VALUES_A_BYTE * size;
  }

  /**
   * The same of one function, all of whose operands are there at a time. An operand takes two bytes
   * to make, but for results of calls and what a branch table's targets carry.
   */
  static long valuesOfFunction(int size) {
    return ANY_SIZE / 20 + size;
  }

  /**
   * Compares.
   *
   * @throws TooMuchException if there is more than there may be
   */
  static void check(long count, long limit, String what, int offset) {
    if (count > limit) {
      throw new TooMuchException(
          count + " " + what + " are declared at offset " + offset + ", and the limit is " + limit);
    }
  }
}
