package org.wasmservlet.compiler.runtime;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Memories that wait for the next instance of one module, each as in the beginning. The garbage
 * collector takes them when the heap is short, when they have not been used for long, and when the
 * module goes. Safe for use by several threads.
 */
final class MemoryPool {
  /** Of what the heap may be; beyond it, collecting is cheaper than keeping. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

  /** A guest that grows in small steps leaves one of each length. */
  private static final int MOST = 256;

  private record Idle(int length, SoftReference<byte[]> memory) {}

  /** The one that was used last comes first. */
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();

  private long bytes;

  /** A memory of just this length, or null. */
  synchronized byte[] take(int length) {
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      Idle next = each.next();
      byte[] memory = next.memory.get();
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

  /** Keeps a memory that is as in the beginning and that nobody has any more. */
  synchronized void give(byte[] memory) {
    try {
      idle.addFirst(new Idle(memory.length, new SoftReference<>(memory)));
    } catch (OutOfMemoryError e) {
      // Then it is collected.
      return;
    }
    bytes += memory.length;
    while (bytes > MOST_BYTES || idle.size() > MOST) {
      bytes -= idle.removeLast().length;
    }
  }
}
