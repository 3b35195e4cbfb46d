package org.wasmservlet.core.wasi;

/**
 * Looks whether there is stack enough for a host function before it begins. A guest can recurse as
 * far as it likes and call the host at the very end of the stack; running out of it in the middle
 * of the JDK's or the container's work would leave that half done, for all users of the JVM: a
 * class whose initialiser fails so is lost for good.
 */
final class HeadRoom {
  /** Of frames of this class's own, each of a hundred bytes and more. */
  private static final int FRAMES = 512;

  private HeadRoom() {}

  /**
   * Looks.
   *
   * @throws StackOverflowError if there is not enough; nothing has been begun
   */
  static void require() {
    if (descend(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) == 0) {
      throw new StackOverflowError();
    }
  }

  /** The parameters make the frames large: they do not fit into registers. */
  private static long descend(
      int frames,
      long a,
      long b,
      long c,
      long d,
      long e,
      long f,
      long g,
      long h,
      long i,
      long j,
      long k,
      long l) {
    if (frames == 0) {
      return a + b + c + d + e + f + g + h + i + j + k + l;
    }
    return descend(frames - 1, b, c, d, e, f, g, h, i, j, k, l, a);
  }
}
