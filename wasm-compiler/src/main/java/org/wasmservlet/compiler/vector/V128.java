package org.wasmservlet.compiler.vector;

/** Vectors as bits. */
public final class V128 {
  private V128() {}

  /** v128.not. */
  public static long not(long a) {
    return ~a;
  }

  /** v128.andnot. */
  public static long andnot(long a, long b) {
    return a & ~b;
  }

  /** v128.bitselect. */
  public static long bitselect(long a, long b, long mask) {
    return Lanes.choose(mask, a, b);
  }

  /** v128.any_true. */
  public static int anyTrue(long low, long high) {
    return (low | high) != 0 ? 1 : 0;
  }
}
