package org.wasmservlet.compiler.vector;

import org.wasmservlet.compiler.runtime.Numeric;

/** Lanes that are floats. */
public final class F32x4 {
  private F32x4() {}

  /** f32x4.add. */
  public static long add(long a, long b) {
    return pack(first(a) + first(b), second(a) + second(b));
  }

  /** f32x4.sub. */
  public static long sub(long a, long b) {
    return pack(first(a) - first(b), second(a) - second(b));
  }

  /** f32x4.mul. */
  public static long mul(long a, long b) {
    return pack(first(a) * first(b), second(a) * second(b));
  }

  /** f32x4.div. */
  public static long div(long a, long b) {
    return pack(first(a) / first(b), second(a) / second(b));
  }

  /** f32x4.min. */
  public static long min(long a, long b) {
    return pack(Numeric.min(first(a), first(b)), Numeric.min(second(a), second(b)));
  }

  /** f32x4.max. */
  public static long max(long a, long b) {
    return pack(Numeric.max(first(a), first(b)), Numeric.max(second(a), second(b)));
  }

  /** f32x4.pmin. */
  public static long pmin(long a, long b) {
    return Lanes.choose(lt(b, a), b, a);
  }

  /** f32x4.pmax. */
  public static long pmax(long a, long b) {
    return Lanes.choose(lt(a, b), b, a);
  }

  /** f32x4.eq. */
  public static long eq(long a, long b) {
    return masks(first(a) == first(b), second(a) == second(b));
  }

  /** f32x4.ne. */
  public static long ne(long a, long b) {
    return masks(first(a) != first(b), second(a) != second(b));
  }

  /** f32x4.lt. */
  public static long lt(long a, long b) {
    return masks(first(a) < first(b), second(a) < second(b));
  }

  /** f32x4.gt. */
  public static long gt(long a, long b) {
    return masks(first(a) > first(b), second(a) > second(b));
  }

  /** f32x4.le. */
  public static long le(long a, long b) {
    return masks(first(a) <= first(b), second(a) <= second(b));
  }

  /** f32x4.ge. */
  public static long ge(long a, long b) {
    return masks(first(a) >= first(b), second(a) >= second(b));
  }

  /** f32x4.abs. */
  public static long abs(long a) {
    return a & ~Lanes.SIGNS_32;
  }

  /** f32x4.neg. */
  public static long neg(long a) {
    return a ^ Lanes.SIGNS_32;
  }

  /** f32x4.sqrt. */
  public static long sqrt(long a) {
    return pack((float) Math.sqrt(first(a)), (float) Math.sqrt(second(a)));
  }

  /** f32x4.ceil. */
  public static long ceil(long a) {
    return pack(Numeric.ceil(first(a)), Numeric.ceil(second(a)));
  }

  /** f32x4.floor. */
  public static long floor(long a) {
    return pack(Numeric.floor(first(a)), Numeric.floor(second(a)));
  }

  /** f32x4.trunc. */
  public static long trunc(long a) {
    return pack(Numeric.trunc(first(a)), Numeric.trunc(second(a)));
  }

  /** f32x4.nearest. */
  public static long nearest(long a) {
    return pack(Numeric.nearest(first(a)), Numeric.nearest(second(a)));
  }

  /** f32x4.splat. */
  public static long splat(float a) {
    return (Float.floatToRawIntBits(a) & 0xFFFFFFFFL) * Lanes.ONES_32;
  }

  /** f32x4.extract_lane. */
  public static float extractLane(long a, int lane) {
    return Float.intBitsToFloat((int) (a >>> 32 * lane));
  }

  /** f32x4.replace_lane. */
  public static long replaceLane(long a, float b, int lane) {
    return I32x4.replaceLane(a, Float.floatToRawIntBits(b), lane);
  }

  /** f32x4.convert_i32x4_s. */
  public static long convertI32x4S(long a) {
    return pack((int) a, (int) (a >>> 32));
  }

  /** f32x4.convert_i32x4_u. */
  public static long convertI32x4U(long a) {
    return pack(a & 0xFFFFFFFFL, a >>> 32);
  }

  /** f32x4.demote_f64x2_zero: the low half of the result. */
  public static long demoteF64x2(long low, long high) {
    return pack((float) Double.longBitsToDouble(low), (float) Double.longBitsToDouble(high));
  }

  /** f32x4.relaxed_madd: rounds twice. */
  public static long madd(long a, long b, long c) {
    return add(mul(a, b), c);
  }

  /** f32x4.relaxed_nmadd: rounds twice. */
  public static long nmadd(long a, long b, long c) {
    return add(mul(neg(a), b), c);
  }

  static float first(long a) {
    return Float.intBitsToFloat((int) a);
  }

  static float second(long a) {
    return Float.intBitsToFloat((int) (a >>> 32));
  }

  private static long pack(float a, float b) {
    return Float.floatToRawIntBits(a) & 0xFFFFFFFFL | (long) Float.floatToRawIntBits(b) << 32;
  }

  private static long masks(boolean first, boolean second) {
    return (first ? 0xFFFFFFFFL : 0) | (second ? 0xFFFFFFFF00000000L : 0);
  }
}
