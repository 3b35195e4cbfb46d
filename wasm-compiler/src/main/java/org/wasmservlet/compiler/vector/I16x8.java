package org.wasmservlet.compiler.vector;

/** Lanes of 16 bits. */
public final class I16x8 {
  private I16x8() {}

  /** i16x8.add. */
  public static long add(long a, long b) {
    return Lanes.add(a, b, Lanes.SIGNS_16);
  }

  /** i16x8.sub. */
  public static long sub(long a, long b) {
    return Lanes.sub(a, b, Lanes.SIGNS_16);
  }

  /** i16x8.neg. */
  public static long neg(long a) {
    return Lanes.sub(0, a, Lanes.SIGNS_16);
  }

  /** i16x8.abs. */
  public static long abs(long a) {
    return Lanes.abs(a, Lanes.SIGNS_16, 16);
  }

  /** i16x8.eq. */
  public static long eq(long a, long b) {
    return ~Lanes.ne(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.ne. */
  public static long ne(long a, long b) {
    return Lanes.ne(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.lt_s. */
  public static long ltS(long a, long b) {
    return Lanes.ltS(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.gt_s. */
  public static long gtS(long a, long b) {
    return Lanes.ltS(b, a, Lanes.SIGNS_16, 16);
  }

  /** i16x8.le_s. */
  public static long leS(long a, long b) {
    return ~Lanes.ltS(b, a, Lanes.SIGNS_16, 16);
  }

  /** i16x8.ge_s. */
  public static long geS(long a, long b) {
    return ~Lanes.ltS(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.min_s. */
  public static long minS(long a, long b) {
    return Lanes.choose(ltS(a, b), a, b);
  }

  /** i16x8.max_s. */
  public static long maxS(long a, long b) {
    return Lanes.choose(ltS(a, b), b, a);
  }

  /** i16x8.add_sat_s. */
  public static long addSatS(long a, long b) {
    return Lanes.addSatS(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.sub_sat_s. */
  public static long subSatS(long a, long b) {
    return Lanes.subSatS(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.lt_u. */
  public static long ltU(long a, long b) {
    return Lanes.ltU(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.gt_u. */
  public static long gtU(long a, long b) {
    return Lanes.ltU(b, a, Lanes.SIGNS_16, 16);
  }

  /** i16x8.le_u. */
  public static long leU(long a, long b) {
    return ~Lanes.ltU(b, a, Lanes.SIGNS_16, 16);
  }

  /** i16x8.ge_u. */
  public static long geU(long a, long b) {
    return ~Lanes.ltU(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.min_u. */
  public static long minU(long a, long b) {
    return Lanes.choose(ltU(a, b), a, b);
  }

  /** i16x8.max_u. */
  public static long maxU(long a, long b) {
    return Lanes.choose(ltU(a, b), b, a);
  }

  /** i16x8.add_sat_u. */
  public static long addSatU(long a, long b) {
    return Lanes.addSatU(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.sub_sat_u. */
  public static long subSatU(long a, long b) {
    return Lanes.subSatU(a, b, Lanes.SIGNS_16, 16);
  }

  /** i16x8.avgr_u. */
  public static long avgrU(long a, long b) {
    return Lanes.avgrU(a, b, Lanes.ONES_16);
  }

  /** i16x8.all_true. */
  public static int allTrue(long low, long high) {
    return Lanes.allTrue(low, high, Lanes.SIGNS_16);
  }

  /** i16x8.splat. */
  public static long splat(int a) {
    return (a & 0xFFFF) * Lanes.ONES_16;
  }

  /** i16x8.extract_lane_s. */
  public static int extractLaneS(long a, int lane) {
    return (short) (a >>> 16 * lane);
  }

  /** i16x8.extract_lane_u. */
  public static int extractLaneU(long a, int lane) {
    return (int) (a >>> 16 * lane) & 0xFFFF;
  }

  /** i16x8.replace_lane. */
  public static long replaceLane(long a, int b, int lane) {
    return a & ~(0xFFFFL << 16 * lane) | (b & 0xFFFFL) << 16 * lane;
  }

  /** i16x8.bitmask. */
  public static int bitmask(long low, long high) {
    return bits(low) | bits(high) << 4;
  }

  /** Brings the highest bits together. */
  private static int bits(long a) {
    return (int) (((a & Lanes.SIGNS_16) >>> 15) * 0x1000200040008000L >>> 60);
  }

  /** i16x8.shl. */
  public static long shl(long a, int count) {
    int n = count & 15;
    return a << n & (0xFFFF << n & 0xFFFF) * Lanes.ONES_16;
  }

  /** i16x8.shr_u. */
  public static long shrU(long a, int count) {
    int n = count & 15;
    return a >>> n & (0xFFFF >>> n) * Lanes.ONES_16;
  }

  /** i16x8.shr_s. */
  public static long shrS(long a, int count) {
    long sign = (0x8000 >>> (count & 15)) * Lanes.ONES_16;
    return sub(shrU(a, count) ^ sign, sign);
  }

  /** i16x8.mul. */
  public static long mul(long a, long b) {
    return pack(
        (int) a * (int) b,
        (int) (a >>> 16) * (int) (b >>> 16),
        (int) (a >>> 32) * (int) (b >>> 32),
        (int) (a >>> 48) * (int) (b >>> 48));
  }

  /** The low bits of four numbers. */
  private static long pack(int a, int b, int c, int d) {
    return a & 0xFFFFL | (b & 0xFFFFL) << 16 | (c & 0xFFFFL) << 32 | (long) d << 48;
  }

  /** i16x8.q15mulr_sat_s. */
  public static long q15mulrSatS(long a, long b) {
    return pack(
        q15mulr((short) a, (short) b),
        q15mulr((short) (a >>> 16), (short) (b >>> 16)),
        q15mulr((short) (a >>> 32), (short) (b >>> 32)),
        q15mulr((short) (a >>> 48), (short) (b >>> 48)));
  }

  private static int q15mulr(int a, int b) {
    return Math.min(a * b + 0x4000 >> 15, Short.MAX_VALUE);
  }

  /** i16x8.narrow_i32x4_s, a half of the result by an operand. */
  public static long narrowS(long low, long high) {
    return pack(
        satS((int) low), satS((int) (low >>> 32)), satS((int) high), satS((int) (high >>> 32)));
  }

  /** i16x8.narrow_i32x4_u. */
  public static long narrowU(long low, long high) {
    return pack(
        satU((int) low), satU((int) (low >>> 32)), satU((int) high), satU((int) (high >>> 32)));
  }

  private static int satS(int a) {
    return Math.min(Math.max(a, Short.MIN_VALUE), Short.MAX_VALUE);
  }

  private static int satU(int a) {
    return Math.min(Math.max(a, 0), 0xFFFF);
  }

  /** i16x8.extend_low_i8x16_u and the like: of the low 32 bits. */
  public static long extendU(long a) {
    long low = a & 0xFFFFFFFFL;
    long pairs = (low | low << 16) & 0x0000FFFF0000FFFFL;
    return (pairs | pairs << 8) & 0x00FF00FF00FF00FFL;
  }

  /** i16x8.extend_low_i8x16_s and the like: of the low 32 bits. */
  public static long extendS(long a) {
    return signExtend(extendU(a));
  }

  /** Makes numbers of bytes that are below zeros. */
  private static long signExtend(long bytes) {
    long sign = 0x80 * Lanes.ONES_16;
    return sub(bytes ^ sign, sign);
  }

  /** i16x8.extmul_low_i8x16_s and the like: of the low 32 bits. */
  public static long extmulS(long a, long b) {
    return pack(
        (byte) a * (byte) b,
        (byte) (a >>> 8) * (byte) (b >>> 8),
        (byte) (a >>> 16) * (byte) (b >>> 16),
        (byte) (a >>> 24) * (byte) (b >>> 24));
  }

  /** i16x8.extmul_low_i8x16_u and the like: of the low 32 bits. */
  public static long extmulU(long a, long b) {
    return pack(
        ((int) a & 0xFF) * ((int) b & 0xFF),
        ((int) a >>> 8 & 0xFF) * ((int) b >>> 8 & 0xFF),
        ((int) a >>> 16 & 0xFF) * ((int) b >>> 16 & 0xFF),
        ((int) a >>> 24) * ((int) b >>> 24));
  }

  /** i16x8.extadd_pairwise_i8x16_u. */
  public static long extaddPairwiseU(long a) {
    return (a & 0x00FF00FF00FF00FFL) + (a >>> 8 & 0x00FF00FF00FF00FFL);
  }

  /** i16x8.extadd_pairwise_i8x16_s. */
  public static long extaddPairwiseS(long a) {
    return add(signExtend(a & 0x00FF00FF00FF00FFL), signExtend(a >>> 8 & 0x00FF00FF00FF00FFL));
  }

  /** i16x8.relaxed_dot_i8x16_i7x16_s: both operands are signed, and a sum saturates. */
  public static long dot(long a, long b) {
    return pack(
        dot((int) a, (int) b),
        dot((int) (a >>> 16), (int) (b >>> 16)),
        dot((int) (a >>> 32), (int) (b >>> 32)),
        dot((int) (a >>> 48), (int) (b >>> 48)));
  }

  private static int dot(int a, int b) {
    return Math.min((byte) a * (byte) b + (byte) (a >>> 8) * (byte) (b >>> 8), Short.MAX_VALUE);
  }
}
