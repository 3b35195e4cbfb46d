package org.wasmservlet.compiler.vector;

/**
 * Arithmetic on all lanes of a half at once. What tells the lanes apart is a number that has the
 * highest bit of each: no carry goes past these.
 */
final class Lanes {
  /** Of eight lanes of a byte. */
  static final long SIGNS_8 = 0x8080808080808080L;

  /** Of four lanes of 16 bits. */
  static final long SIGNS_16 = 0x8000800080008000L;

  /** Of two lanes of 32 bits. */
  static final long SIGNS_32 = 0x8000000080000000L;

  /** 1 in every byte: times a byte, that byte in each. */
  static final long ONES_8 = 0x0101010101010101L;

  static final long ONES_16 = 0x0001000100010001L;

  static final long ONES_32 = 0x0000000100000001L;

  private Lanes() {}

  static long add(long a, long b, long signs) {
    return (a & ~signs) + (b & ~signs) ^ (a ^ b) & signs;
  }

  static long sub(long a, long b, long signs) {
    return (a | signs) - (b & ~signs) ^ (a ^ ~b) & signs;
  }

  /** All bits of the lanes whose highest bit is set; no other bit may be. */
  private static long spread(long highest, int bits) {
    return (highest << 1) - (highest >>> bits - 1);
  }

  /** All bits of the lanes that are negative. */
  static long negative(long a, long signs, int bits) {
    return spread(a & signs, bits);
  }

  /** The highest bits of the lanes that are not 0. */
  static long nonZero(long a, long signs) {
    return ((a & ~signs) + ~signs | a) & signs;
  }

  static long ne(long a, long b, long signs, int bits) {
    return spread(nonZero(a ^ b, signs), bits);
  }

  static long ltU(long a, long b, long signs, int bits) {
    return spread(borrows(a, b, sub(a, b, signs), signs), bits);
  }

  static long ltS(long a, long b, long signs, int bits) {
    return ltU(a ^ signs, b ^ signs, signs, bits);
  }

  private static long borrows(long a, long b, long difference, long signs) {
    return (~a & b | ~(a ^ b) & difference) & signs;
  }

  /** The one where the mask has bits, the other where it has none. */
  static long choose(long mask, long one, long other) {
    return other ^ (one ^ other) & mask;
  }

  static long addSatU(long a, long b, long signs, int bits) {
    long sum = add(a, b, signs);
    return sum | spread((a & b | (a | b) & ~sum) & signs, bits);
  }

  static long subSatU(long a, long b, long signs, int bits) {
    long difference = sub(a, b, signs);
    return difference & ~spread(borrows(a, b, difference, signs), bits);
  }

  static long addSatS(long a, long b, long signs, int bits) {
    long sum = add(a, b, signs);
    return choose(spread(~(a ^ b) & (a ^ sum) & signs, bits), bound(a, signs, bits), sum);
  }

  static long subSatS(long a, long b, long signs, int bits) {
    long difference = sub(a, b, signs);
    return choose(
        spread((a ^ b) & (a ^ difference) & signs, bits), bound(a, signs, bits), difference);
  }

  /** The least number of the lanes that are negative, the greatest of the others. */
  private static long bound(long a, long signs, int bits) {
    return ~signs + ((a & signs) >>> bits - 1);
  }

  static long avgrU(long a, long b, long ones) {
    return (a | b) - (((a ^ b) & ~ones) >>> 1);
  }

  static long abs(long a, long signs, int bits) {
    long negative = negative(a, signs, bits);
    return sub(a ^ negative, negative, signs);
  }

  static int allTrue(long low, long high, long signs) {
    return (nonZero(low, signs) & nonZero(high, signs)) == signs ? 1 : 0;
  }
}
