package org.wasmservlet.compiler.vector;

/** Lanes of 64 bits: a half has one. */
public final class I64x2 {
  private I64x2() {}

  /** i64x2.eq. */
  public static long eq(long a, long b) {
    return a == b ? -1 : 0;
  }

  /** i64x2.ne. */
  public static long ne(long a, long b) {
    return a != b ? -1 : 0;
  }

  /** i64x2.lt_s. */
  public static long ltS(long a, long b) {
    return a < b ? -1 : 0;
  }

  /** i64x2.gt_s. */
  public static long gtS(long a, long b) {
    return a > b ? -1 : 0;
  }

  /** i64x2.le_s. */
  public static long leS(long a, long b) {
    return a <= b ? -1 : 0;
  }

  /** i64x2.ge_s. */
  public static long geS(long a, long b) {
    return a >= b ? -1 : 0;
  }

  /** i64x2.abs. */
  public static long abs(long a) {
    return Math.abs(a);
  }

  /** i64x2.neg. */
  public static long neg(long a) {
    return -a;
  }

  /** i64x2.shl. */
  public static long shl(long a, int count) {
    return a << count;
  }

  /** i64x2.shr_s. */
  public static long shrS(long a, int count) {
    return a >> count;
  }

  /** i64x2.shr_u. */
  public static long shrU(long a, int count) {
    return a >>> count;
  }

  /** i64x2.all_true. */
  public static int allTrue(long low, long high) {
    return low != 0 && high != 0 ? 1 : 0;
  }

  /** i64x2.bitmask. */
  public static int bitmask(long low, long high) {
    return (int) (low >>> 63) | (int) (high >>> 62) & 2;
  }

  /** i64x2.extend_low_i32x4_s and the like: of the low 32 bits. */
  public static long extendS(long a) {
    return (int) a;
  }

  /** i64x2.extend_low_i32x4_u and the like: of the low 32 bits. */
  public static long extendU(long a) {
    return a & 0xFFFFFFFFL;
  }

  /** i64x2.extmul_low_i32x4_s and the like: of the low 32 bits. */
  public static long extmulS(long a, long b) {
    return (long) (int) a * (int) b;
  }

  /** i64x2.extmul_low_i32x4_u and the like: of the low 32 bits. */
  public static long extmulU(long a, long b) {
    return (a & 0xFFFFFFFFL) * (b & 0xFFFFFFFFL);
  }
}
