package org.wasmservlet.compiler.runtime;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongSupplier;

/**
 * Memories that wait for the next instance of one module, each as it was left: who takes one makes
 * it what it needs, and writes only once where it needs something else. The garbage collector takes
 * them when the heap is short, when they have not been used for long, and when the module goes.
 * Safe for use by several threads.
 */
final class MemoryPool {
  /** Of what the heap may be; beyond it, collecting is cheaper than keeping. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

  /** A guest that grows in small steps leaves one of each length. */
  private static final int MOST = 256;

  /**
   * A program that grows through more lengths than there is room for would find none of them again
   * if each took the place of the one that is needed next: only what waited so long makes room.
   */
  private static final long STALE_NANOS = 10_000_000_000L;

  private record Idle(int length, SoftReference<UsedMemory> memory, long since) {}

  private final long mostBytes;
  private final LongSupplier nanoTime;

  /** The one that was used last comes first. */
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();

  private long bytes;

  MemoryPool() {
    this(MOST_BYTES, System::nanoTime);
  }

  MemoryPool(long mostBytes, LongSupplier nanoTime) {
    this.mostBytes = mostBytes;
    this.nanoTime = nanoTime;
  }

  /** A memory of just this length, or null. */
  synchronized UsedMemory take(int length) {
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      Idle next = each.next();
      UsedMemory memory = next.memory.get();
      if (memory == null || next.length == length) {
        each.remove();
        bytes -= next.length;
        if (memory != null) {
          return memory;
        }
      }
    }
    return null;
  }

  /** Keeps a memory that nobody has any more, if there is room. */
  synchronized void give(byte[] memory, int[] dirty) {
    if (memory.length > mostBytes) {
      return;
    }
    long now = nanoTime.getAsLong();
    while (!idle.isEmpty() && !hasRoom(memory)) {
      if (now - idle.getLast().since < STALE_NANOS) {
        return;
      }
      bytes -= idle.removeLast().length;
    }
    try {
      UsedMemory used = new UsedMemory(memory, dirty);
      idle.addFirst(new Idle(memory.length, new SoftReference<>(used), now));
    } catch (OutOfMemoryError e) {
      // Then it is collected.
      return;
    }
    bytes += memory.length;
  }

  private boolean hasRoom(byte[] memory) {
    return bytes + memory.length <= mostBytes && idle.size() < MOST;
  }
}
