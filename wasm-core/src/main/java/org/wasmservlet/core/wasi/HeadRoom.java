package org.wasmservlet.core.wasi;

/**
 * Looks whether there is stack enough for a host function before it begins. A guest can recurse as
 * far as it likes and call the host at the very end of the stack; running out of it in the middle
 * of the JDK's or the container's work would leave that half done, for all users of the JVM.
 *
 * <p>The JVM does not tell how much stack is left, so some of it is used: frames of about 750
 * bytes, made so large by parameters that do not fit into registers. That takes 10 nanoseconds a
 * frame, which is why what is known to need little is not made to look for much.
 */
final class HeadRoom {
  /**
   * About 70 KB, for what runs into code of others: the container's streams, the JVM's services.
   */
  static final int ANYTHING = 96;

  /** About 24 KB; reading, writing, opening and looking at files needs 3 to 6 (HeadRoomTest). */
  static final int FILES = 32;

  private HeadRoom() {}

  /**
   * Looks.
   *
   * @param frames how many
   * @throws StackOverflowError if there is not enough; nothing has been begun
   */
  static void require(int frames) {
    if (descend(
            frames, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
        == 0) {
      throw new StackOverflowError();
    }
  }

  /**
   * Looks.
   *
   * @param frames how many
   */
  static boolean isThere(int frames) {
    try {
      require(frames);
      return true;
    } catch (StackOverflowError e) {
      return false;
    }
  }

  private static long descend(
      int frames,
      long a0,
      long a1,
      long a2,
      long a3,
      long a4,
      long a5,
      long a6,
      long a7,
      long a8,
      long a9,
      long b0,
      long b1,
      long b2,
      long b3,
      long b4,
      long b5,
      long b6,
      long b7,
      long b8,
      long b9,
      long c0,
      long c1,
      long c2,
      long c3,
      long c4,
      long c5,
      long c6,
      long c7,
      long c8,
      long c9,
      long d0,
      long d1,
      long d2,
      long d3,
      long d4,
      long d5,
      long d6,
      long d7,
      long d8,
      long d9) {
    if (frames == 0) {
      // Every parameter is used, or a compiler would leave it out.
      return a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7
          + b8 + b9 + c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + d0 + d1 + d2 + d3 + d4 + d5
          + d6 + d7 + d8 + d9;
    }
    return descend(
        frames - 1,
        a0,
        a1,
        a2,
        a3,
        a4,
        a5,
        a6,
        a7,
        a8,
        a9,
        b0,
        b1,
        b2,
        b3,
        b4,
        b5,
        b6,
        b7,
        b8,
        b9,
        c0,
        c1,
        c2,
        c3,
        c4,
        c5,
        c6,
        c7,
        c8,
        c9,
        d0,
        d1,
        d2,
        d3,
        d4,
        d5,
        d6,
        d7,
        d8,
        d9);
  }
}
