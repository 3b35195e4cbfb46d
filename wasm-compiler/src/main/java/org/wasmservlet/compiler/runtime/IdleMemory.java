package org.wasmservlet.compiler.runtime;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What memories that wait may have together, in whichever pool: no pool is asked before another one
 * may keep something, so that many modules do not keep more than one. Safe for use by several
 * threads; none ever waits for another.
 */
final class IdleMemory {
  /** Of all pools: beyond a quarter of the heap, collecting is cheaper than keeping. */
  static final IdleMemory SHARED =
      new IdleMemory(Runtime.getRuntime().maxMemory() / 4, System::nanoTime);

  /**
   * A program that grows through more lengths than there is room for would find none of them again
   * if each took the place of the one that is needed next: only what waited so long makes room.
   */
  private static final long STALE_NANOS = 10_000_000_000L;

  /** What has waited so long goes although there is room: its program rests. */
  private static final long RESTING_NANOS = 300_000_000_000L;

  /** Between two looks for what rests. */
  private static final long LOOK_NANOS = 30_000_000_000L;

  /** What one pool keeps. It outlives the pool, whose memories go when that does. */
  static final class Share extends WeakReference<MemoryPool> {
    private final AtomicLong bytes = new AtomicLong();

    private Share(MemoryPool pool, ReferenceQueue<MemoryPool> gone) {
      super(pool, gone);
    }
  }

  private final long mostBytes;
  private final LongSupplier nanoTime;
  private final AtomicLong bytes = new AtomicLong();
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<MemoryPool> gone = new ReferenceQueue<>();
  private final AtomicBoolean sweeping = new AtomicBoolean();

  /** Before that nothing is stale, as far as is known. */
  private volatile long nextSweep;

  private final AtomicLong nextLook;

  IdleMemory(long mostBytes, LongSupplier nanoTime) {
    this.mostBytes = mostBytes;
    this.nanoTime = nanoTime;
    this.nextSweep = nanoTime.getAsLong();
    this.nextLook = new AtomicLong(nextSweep + LOOK_NANOS);
  }

  /** Lets a pool keep memories. */
  Share add(MemoryPool pool) {
    forgetGone();
    Share share = new Share(pool, gone);
    shares.add(share);
    return share;
  }

  /** Of all pools. */
  long bytes() {
    return bytes.get();
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** Since when what makes room has waited. */
  long staleBefore() {
    return now() - STALE_NANOS;
  }

  /**
   * Makes room for a memory, where there is none by what is stale; false if there is too little.
   */
  boolean reserve(Share share, int length) {
    long now = now();
    long look = nextLook.get();
    if (now - look >= 0 && nextLook.compareAndSet(look, now + LOOK_NANOS)) {
      sweep(now - RESTING_NANOS, Long.MAX_VALUE);
    }
    if (length > mostBytes) {
      return false;
    }
    if (tryToReserve(share, length)) {
      return true;
    }
    forgetGone();
    if (now - nextSweep >= 0) {
      sweep(staleBefore(), length);
    }
    return tryToReserve(share, length);
  }

  private boolean tryToReserve(Share share, int length) {
    long present = bytes.get();
    while (present + length <= mostBytes) {
      if (bytes.compareAndSet(present, present + length)) {
        share.bytes.addAndGet(length);
        return true;
      }
      present = bytes.get();
    }
    return false;
  }

  void release(Share share, long length) {
    share.bytes.addAndGet(-length);
    bytes.addAndGet(-length);
  }

  /**
   * Drops what nobody has asked for since some time, until there is room for so much.
   *
   * @param since as {@link #now} had it
   */
  private void sweep(long since, long wanted) {
    if (!sweeping.compareAndSet(false, true)) {
      return;
    }
    try {
      long oldest = now();
      for (Share share : shares) {
        MemoryPool pool = share.get();
        if (pool != null) {
          long next = pool.drop(since, () -> mostBytes - bytes.get() < wanted);
          oldest = next - oldest < 0 ? next : oldest;
          Reference.reachabilityFence(pool);
        }
      }
      nextSweep = oldest + STALE_NANOS;
    } finally {
      sweeping.set(false);
    }
  }

  /** A module was collected, and with it its pool and what that had. */
  private void forgetGone() {
    for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
      Share share = (Share) each;
      if (shares.remove(share)) {
        bytes.addAndGet(-share.bytes.get());
      }
    }
  }
}
