package org.wasmservlet.compiler.runtime;

/** Numeric instructions that are more than a JVM instruction. */
public final class Numeric {
  private static final float TWO_31F = 0x1p31f;
  private static final float TWO_32F = 0x1p32f;
  private static final float TWO_63F = 0x1p63f;
  private static final float TWO_64F = 0x1p64f;
  private static final double TWO_31 = 0x1p31;
  private static final double TWO_32 = 0x1p32;
  private static final double TWO_63 = 0x1p63;
  private static final double TWO_64 = 0x1p64;

  private Numeric() {}

  /**
   * i32.div_s.
   *
   * @param a dividend
   * @param b divisor
   * @return quotient
   */
  public static int divS(int a, int b) {
    if (b == 0) {
      throw Traps.divideByZero();
    }
    if (b == -1 && a == Integer.MIN_VALUE) {
      throw Traps.overflow();
    }
    return a / b;
  }

  /**
   * i64.div_s.
   *
   * @param a dividend
   * @param b divisor
   * @return quotient
   */
  public static long divS(long a, long b) {
    if (b == 0) {
      throw Traps.divideByZero();
    }
    if (b == -1 && a == Long.MIN_VALUE) {
      throw Traps.overflow();
    }
    return a / b;
  }

  /**
   * i64.div_u.
   *
   * @param a dividend
   * @param b divisor
   * @return quotient
   */
  public static long divU(long a, long b) {
    if (b == 0) {
      throw Traps.divideByZero();
    }
    if ((a | b) >= 0) {
      return a / b;
    }
    return Long.divideUnsigned(a, b);
  }

  /**
   * i64.rem_u.
   *
   * @param a dividend
   * @param b divisor
   * @return remainder
   */
  public static long remU(long a, long b) {
    if (b == 0) {
      throw Traps.divideByZero();
    }
    if ((a | b) >= 0) {
      return a % b;
    }
    return Long.remainderUnsigned(a, b);
  }

  /**
   * f32.min. A NaN comes out quiet, as an addition makes it.
   *
   * @param a operand
   * @param b operand
   * @return the smaller
   */
  public static float min(float a, float b) {
    return a != a || b != b ? a + b : Math.min(a, b);
  }

  /**
   * f32.max.
   *
   * @param a operand
   * @param b operand
   * @return the greater
   */
  public static float max(float a, float b) {
    return a != a || b != b ? a + b : Math.max(a, b);
  }

  /**
   * f64.min.
   *
   * @param a operand
   * @param b operand
   * @return the smaller
   */
  public static double min(double a, double b) {
    return a != a || b != b ? a + b : Math.min(a, b);
  }

  /**
   * f64.max.
   *
   * @param a operand
   * @param b operand
   * @return the greater
   */
  public static double max(double a, double b) {
    return a != a || b != b ? a + b : Math.max(a, b);
  }

  /**
   * f32.abs. Math.abs may keep the sign of a NaN.
   *
   * @param a operand
   * @return result
   */
  public static float abs(float a) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(a) & Integer.MAX_VALUE);
  }

  /**
   * f64.abs.
   *
   * @param a operand
   * @return result
   */
  public static double abs(double a) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE);
  }

  /**
   * f32.ceil.
   *
   * @param a operand
   * @return result
   */
  public static float ceil(float a) {
    return a != a ? a + a : (float) Math.ceil(a);
  }

  /**
   * f32.floor.
   *
   * @param a operand
   * @return result
   */
  public static float floor(float a) {
    return a != a ? a + a : (float) Math.floor(a);
  }

  /**
   * f32.trunc.
   *
   * @param a operand
   * @return result
   */
  public static float trunc(float a) {
    return a != a ? a + a : (float) (a < 0 ? Math.ceil(a) : Math.floor(a));
  }

  /**
   * f32.nearest.
   *
   * @param a operand
   * @return result
   */
  public static float nearest(float a) {
    return a != a ? a + a : (float) Math.rint(a);
  }

  /**
   * f64.ceil.
   *
   * @param a operand
   * @return result
   */
  public static double ceil(double a) {
    return a != a ? a + a : Math.ceil(a);
  }

  /**
   * f64.floor.
   *
   * @param a operand
   * @return result
   */
  public static double floor(double a) {
    return a != a ? a + a : Math.floor(a);
  }

  /**
   * f64.trunc.
   *
   * @param a operand
   * @return result
   */
  public static double trunc(double a) {
    return a != a ? a + a : a < 0 ? Math.ceil(a) : Math.floor(a);
  }

  /**
   * f64.nearest.
   *
   * @param a operand
   * @return result
   */
  public static double nearest(double a) {
    return a != a ? a + a : Math.rint(a);
  }

  /**
   * i32.trunc_f32_s.
   *
   * @param a operand
   * @return result
   */
  public static int truncS(float a) {
    if (a != a) {
      throw Traps.invalidConversion();
    }
    if (a < -TWO_31F || a >= TWO_31F) {
      throw Traps.overflow();
    }
    return (int) a;
  }

  /**
   * i32.trunc_f32_u.
   *
   * @param a operand
   * @return result
   */
  public static int truncU(float a) {
    if (a != a) {
      throw Traps.invalidConversion();
    }
    if (a <= -1f || a >= TWO_32F) {
      throw Traps.overflow();
    }
    return (int) (long) a;
  }

  /**
   * i32.trunc_f64_s.
   *
   * @param a operand
   * @return result
   */
  public static int truncS(double a) {
    if (a != a) {
      throw Traps.invalidConversion();
    }
    if (a <= -TWO_31 - 1 || a >= TWO_31) {
      throw Traps.overflow();
    }
    return (int) a;
  }

  /**
   * i32.trunc_f64_u.
   *
   * @param a operand
   * @return result
   */
  public static int truncU(double a) {
    if (a != a) {
      throw Traps.invalidConversion();
    }
    if (a <= -1d || a >= TWO_32) {
      throw Traps.overflow();
    }
    return (int) (long) a;
  }

  /**
   * i64.trunc_f32_s.
   *
   * @param a operand
   * @return result
   */
  public static long truncLongS(float a) {
    if (a != a) {
      throw Traps.invalidConversion();
    }
    if (a < -TWO_63F || a >= TWO_63F) {
      throw Traps.overflow();
    }
    return (long) a;
  }

  /**
   * i64.trunc_f32_u.
   *
   * @param a operand
   * @return result
   */
  public static long truncLongU(float a) {
    if (a != a) {
      throw Traps.invalidConversion();
    }
    if (a <= -1f || a >= TWO_64F) {
      throw Traps.overflow();
    }
    return satLongU((double) a);
  }

  /**
   * i64.trunc_f64_s.
   *
   * @param a operand
   * @return result
   */
  public static long truncLongS(double a) {
    if (a != a) {
      throw Traps.invalidConversion();
    }
    if (a < -TWO_63 || a >= TWO_63) {
      throw Traps.overflow();
    }
    return (long) a;
  }

  /**
   * i64.trunc_f64_u.
   *
   * @param a operand
   * @return result
   */
  public static long truncLongU(double a) {
    if (a != a) {
      throw Traps.invalidConversion();
    }
    if (a <= -1d || a >= TWO_64) {
      throw Traps.overflow();
    }
    return satLongU(a);
  }

  /**
   * i32.trunc_sat_f32_u and, widened, i32.trunc_sat_f64_u.
   *
   * @param a operand
   * @return result
   */
  public static int satU(double a) {
    long wide = (long) a;
    return wide <= 0 ? 0 : wide >= 0xFFFFFFFFL ? -1 : (int) wide;
  }

  /**
   * i64.trunc_sat_f64_u and, widened, i64.trunc_sat_f32_u.
   *
   * @param a operand
   * @return result
   */
  public static long satLongU(double a) {
    if (!(a > 0)) {
      return 0;
    }
    if (a < TWO_63) {
      return (long) a;
    }
    if (a >= TWO_64) {
      return -1;
    }
    return (long) (a - TWO_63) ^ Long.MIN_VALUE;
  }

  /**
   * f32.convert_i64_u. The lowest bit sticks when the value is halved, so that it is rounded once.
   *
   * @param a operand
   * @return result
   */
  public static float toFloatU(long a) {
    return a >= 0 ? (float) a : (float) (a >>> 1 | a & 1) * 2f;
  }

  /**
   * f64.convert_i64_u.
   *
   * @param a operand
   * @return result
   */
  public static double toDoubleU(long a) {
    return a >= 0 ? (double) a : (double) (a >>> 1 | a & 1) * 2d;
  }
}
