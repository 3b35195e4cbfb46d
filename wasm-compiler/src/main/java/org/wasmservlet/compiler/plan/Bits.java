package org.wasmservlet.compiler.plan;

/** Sets of small numbers, as words. */
public final class Bits {
  private Bits() {}

  static long[] of(int size) {
    return new long[(size + 63) >> 6];
  }

  public static boolean has(long[] set, int i) {
    return (set[i >> 6] >>> i & 1) != 0;
  }

  static void add(long[] set, int i) {
    set[i >> 6] |= 1L << i;
  }

  static void remove(long[] set, int i) {
    set[i >> 6] &= ~(1L << i);
  }

  /** Adds {@code in} and {@code out} without {@code without}; whether that changed anything. */
  static boolean addFlow(long[] set, long[] in, long[] out, long[] without) {
    boolean changed = false;
    for (int i = 0; i < set.length; i++) {
      long next = set[i] | in[i] | out[i] & ~without[i];
      changed |= next != set[i];
      set[i] = next;
    }
    return changed;
  }

  static void addAll(long[] set, long[] other) {
    for (int i = 0; i < set.length; i++) {
      set[i] |= other[i];
    }
  }
}
