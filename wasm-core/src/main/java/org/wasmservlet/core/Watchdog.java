package org.wasmservlet.core;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops runs that take longer than they may. One thread for all runs of a class loader: it is there
 * from the first run until the last module is closed, so that nothing of it outlives the web
 * application, and it sleeps while nothing runs.
 */
final class Watchdog {
  static final Watchdog SHARED = new Watchdog();

  private static final long TICK_NANOS = Duration.ofMillis(20).toNanos();

  /** Between two interruptions of a run that does not end. */
  private static final long URGENT_TICK_NANOS = Duration.ofMillis(1).toNanos();

  /** How long, out of each such time, a run that does not heed one interruption gets many. */
  private static final long BURST_NANOS = URGENT_TICK_NANOS / 2;

  private static final long JOIN_MILLIS = 2000;

  private final Set<WatchedRun> runs = ConcurrentHashMap.newKeySet();

  /** Guards the next two; a run passes by it only while there is no thread. */
  private final Object lifecycle = new Object();

  private int users;
  private volatile Thread thread;
  private volatile boolean idle;

  private Watchdog() {}

  /** Another module is open. */
  void retain() {
    synchronized (lifecycle) {
      users++;
    }
  }

  /** A module is closed; with the last one the thread goes as soon as nothing runs. */
  void release() {
    Thread last = null;
    synchronized (lifecycle) {
      if (--users == 0) {
        last = thread;
      }
    }
    if (last != null) {
      LockSupport.unpark(last);
      if (runs.isEmpty() && last != Thread.currentThread()) {
        join(last);
      }
    }
  }

  /** Watches the calling thread until {@link #end}. */
  WatchedRun watch(Duration timeout) {
    WatchedRun run = new WatchedRun(System.nanoTime() + timeout.toNanos());
    runs.add(run);
    if (thread == null) {
      start();
    } else if (idle) {
      LockSupport.unpark(thread);
    }
    return run;
  }

  /** Ends a watch and tells whether the run was stopped. */
  boolean end(WatchedRun run) {
    runs.remove(run);
    return run.end();
  }

  private void start() {
    synchronized (lifecycle) {
      if (thread == null) {
        Thread started = new Thread(null, this::watchAll, "wasm-watchdog", 0, false);
        started.setDaemon(true);
        // Not the loader of whichever web application came first.
        started.setContextClassLoader(null);
        thread = started;
        started.start();
      }
    }
  }

  private void watchAll() {
    while (!isDone()) {
      if (runs.isEmpty()) {
        idle = true;
        if (runs.isEmpty() && !isRetired()) {
          LockSupport.park(this);
        }
        idle = false;
      } else {
        boolean late = stopLateRuns();
        if (late) {
          long end = System.nanoTime() + BURST_NANOS;
          while (stopDeafRuns() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
          }
        }
        LockSupport.parkNanos(this, late ? URGENT_TICK_NANOS : TICK_NANOS);
      }
      // Whoever interrupts this thread cannot mean it.
      Thread.interrupted();
    }
  }

  private boolean stopLateRuns() {
    long now = System.nanoTime();
    boolean late = false;
    try {
      for (WatchedRun run : runs) {
        late |= run.stopIfLate(now);
        run.flushIfDue(now);
      }
    } catch (OutOfMemoryError e) {
      // Whoever fills the heap must not get rid of the watchdog: it looks again very soon.
      return true;
    }
    return late;
  }

  /**
   * Interrupts those again and again that have been late for a while. Whoever waits for a client in
   * Tomcat's connector takes an interruption for a false alarm and waits on, but for at least a
   * millisecond less: so the wait ends after as many interruptions as it has milliseconds.
   *
   * @return whether there are any
   */
  private boolean stopDeafRuns() {
    long now = System.nanoTime();
    boolean deaf = false;
    try {
      for (WatchedRun run : runs) {
        if (run.isDeaf(now)) {
          deaf = true;
          run.stopIfLate(now);
        }
      }
    } catch (OutOfMemoryError e) {
      return false;
    }
    return deaf;
  }

  private boolean isRetired() {
    synchronized (lifecycle) {
      return users == 0;
    }
  }

  /** A run that begins meanwhile is either seen here, or sees that there is no thread. */
  private boolean isDone() {
    synchronized (lifecycle) {
      if (users > 0 || !runs.isEmpty()) {
        return false;
      }
      thread = null;
      if (!runs.isEmpty()) {
        thread = Thread.currentThread();
        return false;
      }
      return true;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
