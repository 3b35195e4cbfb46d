package org.wasmservlet.compiler.vector;

import org.wasmservlet.compiler.runtime.Numeric;

/** Lanes of 32 bits. */
public final class I32x4 {
  private I32x4() {}

  /** i32x4.add. */
  public static long add(long a, long b) {
    return Lanes.add(a, b, Lanes.SIGNS_32);
  }

  /** i32x4.sub. */
  public static long sub(long a, long b) {
    return Lanes.sub(a, b, Lanes.SIGNS_32);
  }

  /** i32x4.neg. */
  public static long neg(long a) {
    return Lanes.sub(0, a, Lanes.SIGNS_32);
  }

  /** i32x4.abs. */
  public static long abs(long a) {
    return Lanes.abs(a, Lanes.SIGNS_32, 32);
  }

  /** i32x4.eq. */
  public static long eq(long a, long b) {
    return ~Lanes.ne(a, b, Lanes.SIGNS_32, 32);
  }

  /** i32x4.ne. */
  public static long ne(long a, long b) {
    return Lanes.ne(a, b, Lanes.SIGNS_32, 32);
  }

  /** i32x4.lt_s. */
  public static long ltS(long a, long b) {
    return Lanes.ltS(a, b, Lanes.SIGNS_32, 32);
  }

  /** i32x4.gt_s. */
  public static long gtS(long a, long b) {
    return Lanes.ltS(b, a, Lanes.SIGNS_32, 32);
  }

  /** i32x4.le_s. */
  public static long leS(long a, long b) {
    return ~Lanes.ltS(b, a, Lanes.SIGNS_32, 32);
  }

  /** i32x4.ge_s. */
  public static long geS(long a, long b) {
    return ~Lanes.ltS(a, b, Lanes.SIGNS_32, 32);
  }

  /** i32x4.min_s. */
  public static long minS(long a, long b) {
    return Lanes.choose(ltS(a, b), a, b);
  }

  /** i32x4.max_s. */
  public static long maxS(long a, long b) {
    return Lanes.choose(ltS(a, b), b, a);
  }

  /** i32x4.lt_u. */
  public static long ltU(long a, long b) {
    return Lanes.ltU(a, b, Lanes.SIGNS_32, 32);
  }

  /** i32x4.gt_u. */
  public static long gtU(long a, long b) {
    return Lanes.ltU(b, a, Lanes.SIGNS_32, 32);
  }

  /** i32x4.le_u. */
  public static long leU(long a, long b) {
    return ~Lanes.ltU(b, a, Lanes.SIGNS_32, 32);
  }

  /** i32x4.ge_u. */
  public static long geU(long a, long b) {
    return ~Lanes.ltU(a, b, Lanes.SIGNS_32, 32);
  }

  /** i32x4.min_u. */
  public static long minU(long a, long b) {
    return Lanes.choose(ltU(a, b), a, b);
  }

  /** i32x4.max_u. */
  public static long maxU(long a, long b) {
    return Lanes.choose(ltU(a, b), b, a);
  }

  /** i32x4.all_true. */
  public static int allTrue(long low, long high) {
    return Lanes.allTrue(low, high, Lanes.SIGNS_32);
  }

  /** i32x4.splat. */
  public static long splat(int a) {
    return pack(a, a);
  }

  static long pack(int a, int b) {
    return a & 0xFFFFFFFFL | (long) b << 32;
  }

  /** i32x4.extract_lane. */
  public static int extractLane(long a, int lane) {
    return (int) (a >>> 32 * lane);
  }

  /** i32x4.replace_lane. */
  public static long replaceLane(long a, int b, int lane) {
    return a & ~(0xFFFFFFFFL << 32 * lane) | (b & 0xFFFFFFFFL) << 32 * lane;
  }

  /** i32x4.bitmask. */
  public static int bitmask(long low, long high) {
    return bits(low) | bits(high) << 2;
  }

  /** Brings the highest bits together. */
  private static int bits(long a) {
    return (int) (a >>> 31) & 1 | (int) (a >>> 62) & 2;
  }

  /** i32x4.shl. */
  public static long shl(long a, int count) {
    return a << (count & 31) & (-1 << count & 0xFFFFFFFFL) * Lanes.ONES_32;
  }

  /** i32x4.shr_u. */
  public static long shrU(long a, int count) {
    return a >>> (count & 31) & (-1 >>> count & 0xFFFFFFFFL) * Lanes.ONES_32;
  }

  /** i32x4.shr_s. */
  public static long shrS(long a, int count) {
    return (int) a >> count & 0xFFFFFFFFL | a >> (count & 31) & 0xFFFFFFFF00000000L;
  }

  /** i32x4.mul. */
  public static long mul(long a, long b) {
    return a * b & 0xFFFFFFFFL | (a >>> 32) * (b >>> 32) << 32;
  }

  /** i32x4.dot_i16x8_s. */
  public static long dotI16x8S(long a, long b) {
    return pack(dot((int) a, (int) b), dot((int) (a >>> 32), (int) (b >>> 32)));
  }

  private static int dot(int a, int b) {
    return (short) a * (short) b + (a >> 16) * (b >> 16);
  }

  /** i32x4.relaxed_dot_i8x16_i7x16_add_s: sums of 16 bits saturate, as without the addition. */
  public static long dotAdd(long a, long b, long c) {
    return add(extaddPairwiseS(I16x8.dot(a, b)), c);
  }

  /** i32x4.extend_low_i16x8_s and the like: of the low 32 bits. */
  public static long extendS(long a) {
    return (short) a & 0xFFFFFFFFL | (long) ((int) a >> 16) << 32;
  }

  /** i32x4.extend_low_i16x8_u and the like: of the low 32 bits. */
  public static long extendU(long a) {
    return a & 0xFFFFL | (a & 0xFFFF0000L) << 16;
  }

  /** i32x4.extmul_low_i16x8_s and the like: of the low 32 bits. */
  public static long extmulS(long a, long b) {
    return pack((short) a * (short) b, ((int) a >> 16) * ((int) b >> 16));
  }

  /** i32x4.extmul_low_i16x8_u and the like: of the low 32 bits. */
  public static long extmulU(long a, long b) {
    return pack(((int) a & 0xFFFF) * ((int) b & 0xFFFF), ((int) a >>> 16) * ((int) b >>> 16));
  }

  /** i32x4.extadd_pairwise_i16x8_s. */
  public static long extaddPairwiseS(long a) {
    return pack((short) a + ((int) a >> 16), (short) (a >>> 32) + (int) (a >> 48));
  }

  /** i32x4.extadd_pairwise_i16x8_u. */
  public static long extaddPairwiseU(long a) {
    return (a & 0x0000FFFF0000FFFFL) + (a >>> 16 & 0x0000FFFF0000FFFFL);
  }

  /** i32x4.trunc_sat_f32x4_s. */
  public static long truncSatF32x4S(long a) {
    return pack((int) F32x4.first(a), (int) F32x4.second(a));
  }

  /** i32x4.trunc_sat_f32x4_u. */
  public static long truncSatF32x4U(long a) {
    return pack(Numeric.satU(F32x4.first(a)), Numeric.satU(F32x4.second(a)));
  }

  /** i32x4.trunc_sat_f64x2_s_zero: the low half of the result. */
  public static long truncSatF64x2S(long low, long high) {
    return pack((int) Double.longBitsToDouble(low), (int) Double.longBitsToDouble(high));
  }

  /** i32x4.trunc_sat_f64x2_u_zero: the low half of the result. */
  public static long truncSatF64x2U(long low, long high) {
    return pack(
        Numeric.satU(Double.longBitsToDouble(low)), Numeric.satU(Double.longBitsToDouble(high)));
  }
}
