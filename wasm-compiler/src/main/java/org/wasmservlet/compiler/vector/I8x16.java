package org.wasmservlet.compiler.vector;

/** Lanes of a byte. */
public final class I8x16 {
  private I8x16() {}

  /** i8x16.add. */
  public static long add(long a, long b) {
    return Lanes.add(a, b, Lanes.SIGNS_8);
  }

  /** i8x16.sub. */
  public static long sub(long a, long b) {
    return Lanes.sub(a, b, Lanes.SIGNS_8);
  }

  /** i8x16.neg. */
  public static long neg(long a) {
    return Lanes.sub(0, a, Lanes.SIGNS_8);
  }

  /** i8x16.abs. */
  public static long abs(long a) {
    return Lanes.abs(a, Lanes.SIGNS_8, 8);
  }

  /** i8x16.eq. */
  public static long eq(long a, long b) {
    return ~Lanes.ne(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.ne. */
  public static long ne(long a, long b) {
    return Lanes.ne(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.lt_s. */
  public static long ltS(long a, long b) {
    return Lanes.ltS(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.gt_s. */
  public static long gtS(long a, long b) {
    return Lanes.ltS(b, a, Lanes.SIGNS_8, 8);
  }

  /** i8x16.le_s. */
  public static long leS(long a, long b) {
    return ~Lanes.ltS(b, a, Lanes.SIGNS_8, 8);
  }

  /** i8x16.ge_s. */
  public static long geS(long a, long b) {
    return ~Lanes.ltS(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.min_s. */
  public static long minS(long a, long b) {
    return Lanes.choose(ltS(a, b), a, b);
  }

  /** i8x16.max_s. */
  public static long maxS(long a, long b) {
    return Lanes.choose(ltS(a, b), b, a);
  }

  /** i8x16.add_sat_s. */
  public static long addSatS(long a, long b) {
    return Lanes.addSatS(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.sub_sat_s. */
  public static long subSatS(long a, long b) {
    return Lanes.subSatS(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.lt_u. */
  public static long ltU(long a, long b) {
    return Lanes.ltU(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.gt_u. */
  public static long gtU(long a, long b) {
    return Lanes.ltU(b, a, Lanes.SIGNS_8, 8);
  }

  /** i8x16.le_u. */
  public static long leU(long a, long b) {
    return ~Lanes.ltU(b, a, Lanes.SIGNS_8, 8);
  }

  /** i8x16.ge_u. */
  public static long geU(long a, long b) {
    return ~Lanes.ltU(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.min_u. */
  public static long minU(long a, long b) {
    return Lanes.choose(ltU(a, b), a, b);
  }

  /** i8x16.max_u. */
  public static long maxU(long a, long b) {
    return Lanes.choose(ltU(a, b), b, a);
  }

  /** i8x16.add_sat_u. */
  public static long addSatU(long a, long b) {
    return Lanes.addSatU(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.sub_sat_u. */
  public static long subSatU(long a, long b) {
    return Lanes.subSatU(a, b, Lanes.SIGNS_8, 8);
  }

  /** i8x16.avgr_u. */
  public static long avgrU(long a, long b) {
    return Lanes.avgrU(a, b, Lanes.ONES_8);
  }

  /** i8x16.all_true. */
  public static int allTrue(long low, long high) {
    return Lanes.allTrue(low, high, Lanes.SIGNS_8);
  }

  /** i8x16.splat. */
  public static long splat(int a) {
    return (a & 0xFF) * Lanes.ONES_8;
  }

  /** i8x16.extract_lane_s; the lane is one of the half's. */
  public static int extractLaneS(long a, int lane) {
    return (byte) (a >>> 8 * lane);
  }

  /** i8x16.extract_lane_u. */
  public static int extractLaneU(long a, int lane) {
    return (int) (a >>> 8 * lane) & 0xFF;
  }

  /** i8x16.replace_lane. */
  public static long replaceLane(long a, int b, int lane) {
    return a & ~(0xFFL << 8 * lane) | (b & 0xFFL) << 8 * lane;
  }

  /** i8x16.popcnt. */
  public static long popcnt(long a) {
    long pairs = a - (a >>> 1 & 0x5555555555555555L);
    long fours = (pairs & 0x3333333333333333L) + (pairs >>> 2 & 0x3333333333333333L);
    return fours + (fours >>> 4) & 0x0F0F0F0F0F0F0F0FL;
  }

  /** i8x16.bitmask. */
  public static int bitmask(long low, long high) {
    return bits(low) | bits(high) << 8;
  }

  /** Brings the highest bits together. */
  private static int bits(long a) {
    return (int) (((a & Lanes.SIGNS_8) >>> 7) * 0x0102040810204080L >>> 56);
  }

  /** i8x16.shl. */
  public static long shl(long a, int count) {
    int n = count & 7;
    return a << n & (0xFF << n & 0xFF) * Lanes.ONES_8;
  }

  /** i8x16.shr_u. */
  public static long shrU(long a, int count) {
    int n = count & 7;
    return a >>> n & (0xFF >>> n) * Lanes.ONES_8;
  }

  /** i8x16.shr_s. */
  public static long shrS(long a, int count) {
    long sign = (0x80 >>> (count & 7)) * Lanes.ONES_8;
    return sub(shrU(a, count) ^ sign, sign);
  }

  /** i8x16.narrow_i16x8_s, a half of the result by an operand. */
  public static long narrowS(long low, long high) {
    long least = -0x80L & 0xFFFF;
    return narrow(low, high, least * Lanes.ONES_16, 0x7F * Lanes.ONES_16);
  }

  /** i8x16.narrow_i16x8_u. */
  public static long narrowU(long low, long high) {
    return narrow(low, high, 0, 0xFF * Lanes.ONES_16);
  }

  private static long narrow(long low, long high, long least, long greatest) {
    return even(I16x8.minS(I16x8.maxS(low, least), greatest))
        | even(I16x8.minS(I16x8.maxS(high, least), greatest)) << 32;
  }

  /** The bytes of even numbers. */
  private static long even(long a) {
    long bytes = a & 0x00FF00FF00FF00FFL;
    long pairs = (bytes | bytes >>> 8) & 0x0000FFFF0000FFFFL;
    return (pairs | pairs >>> 16) & 0xFFFFFFFFL;
  }

  /** i8x16.swizzle: a half of the result, by that of the indices. */
  public static long swizzle(long low, long high, long indices) {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      int index = (int) (indices >>> shift) & 0xFF;
      long half = (index & 8) == 0 ? low : high;
      long lane = index < 16 ? half >>> 8 * index & 0xFF : 0;
      result |= lane << shift;
    }
    return result;
  }

  /** i8x16.shuffle: a half of the result, by the bytes that are its lanes. */
  public static long shuffle(long low, long high, long low2, long high2, long lanes) {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      int index = (int) (lanes >>> shift) & 31;
      long half =
          (index & 16) == 0 ? (index & 8) == 0 ? low : high : (index & 8) == 0 ? low2 : high2;
      result |= (half >>> 8 * index & 0xFF) << shift;
    }
    return result;
  }
}
