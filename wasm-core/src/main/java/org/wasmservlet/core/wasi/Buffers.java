package org.wasmservlet.core.wasi;

import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * The buffers of one call that reads or writes (witx types {@code iovec_array} and {@code
 * ciovec_array}). Every buffer is checked before the first is used.
 */
final class Buffers {
  private static final int ELEMENT = 8;

  private final int limit;
  private long[] addresses = new long[8];
  private int[] lengths = new int[8];
  private int count;
  private int total;

  /**
   * Makes an object for one call after the other.
   *
   * @param limit the most buffers of one call
   */
  Buffers(int limit) {
    this.limit = limit;
  }

  /** Reads the array. What would make the total overflow is left out, as in a short transfer. */
  void read(GuestMemory memory, long pointer, long elements) throws WasiError {
    count = 0;
    total = 0;
    if (elements > limit) {
      throw Errno.INVAL.error();
    }
    memory.check(pointer, elements * ELEMENT);
    reserve((int) elements);
    long at = pointer;
    for (int i = 0; i < elements; i++, at += ELEMENT) {
      long bytes = memory.readUnsignedInt(at + 4);
      long address = memory.readUnsignedInt(at);
      memory.check(address, bytes);
      bytes = Math.min(bytes, Integer.MAX_VALUE - total);
      if (bytes > 0) {
        addresses[count] = address;
        lengths[count++] = (int) bytes;
        total += (int) bytes;
      }
    }
  }

  /** How many buffers there are, empty ones not counted. */
  int count() {
    return count;
  }

  /** The sum of their lengths. */
  int total() {
    return total;
  }

  long address(int index) {
    return addresses[index];
  }

  int length(int index) {
    return lengths[index];
  }

  private void reserve(int elements) {
    if (elements > addresses.length) {
      addresses = new long[elements];
      lengths = new int[elements];
    }
  }
}
