package org.wasmservlet.compiler.vector;

import org.wasmservlet.compiler.runtime.Numeric;

/** Lanes that are doubles: a half has one. */
public final class F64x2 {
  private F64x2() {}

  /** f64x2.add. */
  public static long add(long a, long b) {
    return bits(number(a) + number(b));
  }

  /** f64x2.sub. */
  public static long sub(long a, long b) {
    return bits(number(a) - number(b));
  }

  /** f64x2.mul. */
  public static long mul(long a, long b) {
    return bits(number(a) * number(b));
  }

  /** f64x2.div. */
  public static long div(long a, long b) {
    return bits(number(a) / number(b));
  }

  /** f64x2.min. */
  public static long min(long a, long b) {
    return bits(Numeric.min(number(a), number(b)));
  }

  /** f64x2.max. */
  public static long max(long a, long b) {
    return bits(Numeric.max(number(a), number(b)));
  }

  /** f64x2.pmin. */
  public static long pmin(long a, long b) {
    return number(b) < number(a) ? b : a;
  }

  /** f64x2.pmax. */
  public static long pmax(long a, long b) {
    return number(a) < number(b) ? b : a;
  }

  /** f64x2.eq. */
  public static long eq(long a, long b) {
    return number(a) == number(b) ? -1 : 0;
  }

  /** f64x2.ne. */
  public static long ne(long a, long b) {
    return number(a) != number(b) ? -1 : 0;
  }

  /** f64x2.lt. */
  public static long lt(long a, long b) {
    return number(a) < number(b) ? -1 : 0;
  }

  /** f64x2.gt. */
  public static long gt(long a, long b) {
    return number(a) > number(b) ? -1 : 0;
  }

  /** f64x2.le. */
  public static long le(long a, long b) {
    return number(a) <= number(b) ? -1 : 0;
  }

  /** f64x2.ge. */
  public static long ge(long a, long b) {
    return number(a) >= number(b) ? -1 : 0;
  }

  /** f64x2.abs. */
  public static long abs(long a) {
    return a & Long.MAX_VALUE;
  }

  /** f64x2.neg. */
  public static long neg(long a) {
    return a ^ Long.MIN_VALUE;
  }

  /** f64x2.sqrt. */
  public static long sqrt(long a) {
    return bits(Math.sqrt(number(a)));
  }

  /** f64x2.ceil. */
  public static long ceil(long a) {
    return bits(Numeric.ceil(number(a)));
  }

  /** f64x2.floor. */
  public static long floor(long a) {
    return bits(Numeric.floor(number(a)));
  }

  /** f64x2.trunc. */
  public static long trunc(long a) {
    return bits(Numeric.trunc(number(a)));
  }

  /** f64x2.nearest. */
  public static long nearest(long a) {
    return bits(Numeric.nearest(number(a)));
  }

  /** f64x2.convert_low_i32x4_s: of the low 32 bits. */
  public static long convertS(long a) {
    return bits((int) a);
  }

  /** f64x2.convert_low_i32x4_u: of the low 32 bits. */
  public static long convertU(long a) {
    return bits(a & 0xFFFFFFFFL);
  }

  /** f64x2.promote_low_f32x4: of the low 32 bits. */
  public static long promote(long a) {
    return bits(F32x4.first(a));
  }

  /** f64x2.relaxed_madd: rounds twice. */
  public static long madd(long a, long b, long c) {
    return bits(number(a) * number(b) + number(c));
  }

  /** f64x2.relaxed_nmadd: rounds twice. */
  public static long nmadd(long a, long b, long c) {
    return bits(-number(a) * number(b) + number(c));
  }

  private static double number(long a) {
    return Double.longBitsToDouble(a);
  }

  private static long bits(double a) {
    return Double.doubleToRawLongBits(a);
  }
}
