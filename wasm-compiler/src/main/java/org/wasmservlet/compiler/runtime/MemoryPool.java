package org.wasmservlet.compiler.runtime;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Memories that wait for the next instance of one module, each as it was left: who takes one makes
 * it what it needs, and writes only once where it needs something else. The garbage collector takes
 * them when the heap is short, when they have not been used for long, and when the module goes.
 * Safe for use by several threads, of which none waits for another.
 */
final class MemoryPool {
  /** A guest that grows in small steps leaves one of each length. */
  private static final int MOST = 256;

  private static final class Idle {
    private final SoftReference<UsedMemory> memory;
    private final int length;
    private final long since;

    private Idle(UsedMemory memory, long since) {
      this.memory = new SoftReference<>(memory);
      this.length = memory.bytes().length;
      this.since = since;
    }
  }

  private final IdleMemory all;
  private final IdleMemory.Share share;

  /** By length; the one that was used last comes first. Whoever removes one has it. */
  private final Map<Integer, ConcurrentLinkedDeque<Idle>> idle = new ConcurrentHashMap<>();

  private final AtomicInteger count = new AtomicInteger();

  MemoryPool() {
    this(IdleMemory.SHARED);
  }

  MemoryPool(IdleMemory all) {
    this.all = all;
    this.share = all.add(this);
  }

  /** A memory of just this length, or null. */
  UsedMemory take(int length) {
    ConcurrentLinkedDeque<Idle> ofLength = idle.get(length);
    UsedMemory taken = null;
    while (ofLength != null && taken == null) {
      Idle next = ofLength.pollFirst();
      if (next == null) {
        break;
      }
      removed(next);
      taken = next.memory.get();
    }
    return taken;
  }

  /** Keeps a memory that nobody has any more, if there is room. */
  void give(byte[] memory, int[] dirty) {
    if (isFull()) {
      drop(all.staleBefore(), this::isFull);
    }
    if (isFull() || !all.reserve(share, memory.length)) {
      return;
    }
    try {
      Idle given = new Idle(new UsedMemory(memory, dirty), all.now());
      idle.computeIfAbsent(memory.length, any -> new ConcurrentLinkedDeque<>()).addFirst(given);
      count.incrementAndGet();
    } catch (OutOfMemoryError e) {
      // Then it is collected.
      all.release(share, memory.length);
    }
    Reference.reachabilityFence(this);
  }

  private boolean isFull() {
    return count.get() >= MOST;
  }

  /**
   * Drops those that the garbage collector has taken, and those that have waited for long.
   *
   * @param since those that came later stay, as {@link IdleMemory#now} had it
   * @param isWanted asked before each; none of those that are there goes if not
   * @return since when the one waits that has waited longest; now if there is none
   */
  long drop(long since, BooleanSupplier isWanted) {
    long oldest = all.now();
    for (ConcurrentLinkedDeque<Idle> ofLength : idle.values()) {
      for (Iterator<Idle> each = ofLength.descendingIterator(); each.hasNext(); ) {
        Idle next = each.next();
        boolean goes =
            next.memory.get() == null || next.since - since <= 0 && isWanted.getAsBoolean();
        if (goes && ofLength.remove(next)) {
          removed(next);
        } else if (next.since - oldest < 0) {
          oldest = next.since;
        }
      }
    }
    return oldest;
  }

  private void removed(Idle one) {
    count.decrementAndGet();
    all.release(share, one.length);
    Reference.reachabilityFence(this);
  }
}
