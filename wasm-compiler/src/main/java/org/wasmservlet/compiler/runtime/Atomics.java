package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.TrapException;

/** What atomic instructions check, of a memory that is not shared. */
public final class Atomics {
  private Atomics() {}

  /**
   * Traps unless an address is aligned.
   *
   * @param c the instance
   * @param address without the offset
   * @param offset its bits that count
   * @param mask of the bits that must be 0
   * @return the address
   */
  public static int aligned(Context c, int address, int offset, int mask) {
    if ((address + offset & mask) != 0) {
      throw new TrapException("unaligned atomic");
    }
    return address;
  }

  /**
   * Traps, for nobody could end the wait.
   *
   * @param c the instance
   */
  public static void waiting(Context c) {
    throw new TrapException("expected shared memory");
  }
}
