package org.wasmservlet.core;

import org.wasmservlet.compiler.MemoryLimiter;

/** Asks the limiter of whichever run goes on. For one thread. */
final class SwitchedLimiter implements MemoryLimiter {
  private MemoryLimiter current = MemoryLimiter.UNLIMITED;

  void use(MemoryLimiter limiter) {
    current = limiter;
  }

  @Override
  public boolean reserve(long bytes) {
    return current.reserve(bytes);
  }

  @Override
  public void release(long bytes) {
    current.release(bytes);
  }
}
