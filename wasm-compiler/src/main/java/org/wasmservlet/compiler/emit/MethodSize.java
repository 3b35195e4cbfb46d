package org.wasmservlet.compiler.emit;

import java.util.function.IntFunction;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.wasmservlet.compiler.ir.NotCompiledException;

/** Cuts finer where the estimate of a method's size was wrong. */
final class MethodSize {
  /** HotSpot's limit. Tests that forbid splitting allow more. */
  private static final int HUGE_METHOD = 8_000;

  private MethodSize() {}

  /** What was made, and the bytes of its longest method. */
  record Sized<T>(T made, int largest) {}

  /**
   * Makes something whose methods are not too long.
   *
   * @param limit bytes of a chunk
   * @param make by limit
   */
  static <T> T fit(int limit, IntFunction<Sized<T>> make) {
    int tried = limit;
    while (true) {
      try {
        Sized<T> sized = make.apply(tried);
        if (sized.largest < Math.max(HUGE_METHOD, limit + limit / 4)) {
          return sized.made;
        }
      } catch (MethodTooLargeException | ClassTooLargeException e) {
        // Far too large.
      }
      if (tried < 50) {
        throw new NotCompiledException("a function of such a size");
      }
      tried = Math.min(tried, HUGE_METHOD) / 2;
    }
  }
}
