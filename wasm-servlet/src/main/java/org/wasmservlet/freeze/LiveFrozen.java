package org.wasmservlet.freeze;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.NotFrozenException;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.measure.RouteFreeze;

/**
 * The frozen state of one program: none yet, the present one, or a newer one in its place because a
 * file that it looked at has changed. Files are looked at when a request comes, {@linkplain
 * ChangePace not too often} and on a thread of its own. Thread-safe.
 */
public final class LiveFrozen implements AutoCloseable {
  /** When a program that could not be frozen is tried again. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** When one that had no place to run in is. */
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Freezing freezing;
  private final FreezePlan plan;
  private final FreezeLog log;
  private final KeptStates kept;
  private final WasmConfig config;
  private final StartedInterpreter started;
  private final LongSupplier nanoTime;
  private final AtomicLong lookedAt;
  private final ChangePace pace;

  private final ProgramInUse inUse = new ProgramInUse();
  private volatile long retryNanos = RETRY_NANOS;
  private volatile String reason = "it is not frozen yet";

  // Guarded by this.
  private Thread working;

  /**
   * Makes one that is not frozen.
   *
   * @param plan of this state
   * @param name that it has in the log
   */
  LiveFrozen(
      Freezing freezing, FreezePlan plan, String name, WasmConfig config, LongSupplier nanoTime) {
    this.freezing = freezing;
    this.plan = plan;
    this.log = new FreezeLog(name);
    this.kept = new KeptStates(freezing, log);
    this.started = new StartedInterpreter(freezing, plan.before(), config, log);
    this.config = config;
    this.nanoTime = nanoTime;
    this.lookedAt = new AtomicLong(nanoTime.getAsLong());
    this.pace = new ChangePace(nanoTime.getAsLong());
  }

  /**
   * The present state.
   *
   * @return null if there is none
   */
  public FrozenProgram current() {
    return inUse.get();
  }

  /**
   * Whether requests are refused while there is no state.
   *
   * @return false if the program begins anew for each
   */
  public boolean refusesCold() {
    return plan.refusesCold();
  }

  /** Freezes the program, on the calling thread. What goes wrong is logged, and told by status. */
  public void freeze() {
    synchronized (this) {
      if (working != null || inUse.isClosed()) {
        return;
      }
      working = Thread.currentThread();
    }
    try {
      replace(null);
    } finally {
      ended();
    }
  }

  /** Sees to it that the state is not stale for long; for each request, and costs it little. */
  public void look() {
    long last = lookedAt.get();
    long now = nanoTime.getAsLong();
    long interval = inUse.get() == null ? retryNanos : pace.lookEvery();
    if (now - last >= interval && lookedAt.compareAndSet(last, now)) {
      inBackground();
    }
  }

  /** Freezes the program in the background. */
  void begin() {
    inBackground();
  }

  /**
   * Takes up what was kept of it, on the calling thread.
   *
   * @return false if there is nothing that can be used
   */
  boolean takeKept() {
    FrozenProgram found = kept.find(config, plan.at());
    if (found == null) {
      return false;
    }
    log.frozen(found, null);
    inUse.use(found);
    reason = null;
    return true;
  }

  private synchronized void inBackground() {
    if (working != null || inUse.isClosed()) {
      return;
    }
    // Without what the starting thread hands on to its children: that is a request's.
    working = new Thread(null, this::renew, "wasm-freeze " + freezing.owner().name(), 0, false);
    working.setDaemon(true);
    working.setContextClassLoader(LiveFrozen.class.getClassLoader());
    working.start();
  }

  private void renew() {
    try {
      FrozenProgram old = inUse.get();
      if (old == null) {
        replace(null);
      } else {
        renew(old);
      }
    } catch (Throwable t) {
      log.notLookedAt(t);
    } finally {
      ended();
    }
  }

  private void renew(FrozenProgram old) {
    long begun = nanoTime.getAsLong();
    Path changed = old.changedFile();
    long looked = nanoTime.getAsLong();
    pace.looked(looked - begun);
    if (changed != null && pace.allows(looked)) {
      replace(changed);
      long now = nanoTime.getAsLong();
      pace.froze(now, now - looked);
    }
  }

  private synchronized void ended() {
    working = null;
    notifyAll();
  }

  /** Freezes the program as its files are now. */
  private void replace(Path changed) {
    try {
      FrozenProgram found = changed == null ? kept.find(config, plan.at()) : null;
      FrozenProgram frozen = found == null ? frozen() : found;
      log.frozen(frozen, changed);
      inUse.use(frozen);
      reason = null;
      retryNanos = RETRY_NANOS;
      if (found == null) {
        kept.keep(frozen);
      }
    } catch (Freezing.NotAdmittedException e) {
      retryNanos = SOON_NANOS;
      failed(e.getMessage(), null);
    } catch (NotFrozenException | IOException e) {
      retryNanos = RETRY_NANOS;
      failed(e.getMessage(), null);
    } catch (RuntimeException | Error e) {
      failed(e.toString(), e);
    }
    lookedAt.set(nanoTime.getAsLong());
  }

  private FrozenProgram frozen() throws NotFrozenException, IOException {
    return freezing.freeze(config, plan.at(), started.get());
  }

  private void failed(String why, Throwable unexpected) {
    if (inUse.isClosed() || Thread.currentThread().isInterrupted()) {
      // The web application stops.
      return;
    }
    boolean known = why.equals(reason);
    reason = why;
    log.notFrozen(why, unexpected, known, instead());
  }

  private FreezeLog.Instead instead() {
    if (inUse.get() != null) {
      return FreezeLog.Instead.OLD_STATE;
    }
    return refusesCold() ? FreezeLog.Instead.REFUSED : FreezeLog.Instead.COLD;
  }

  /**
   * What others want to know.
   *
   * @return the present state
   */
  public RouteFreeze status() {
    FrozenProgram frozen = inUse.get();
    String why = reason;
    boolean busy;
    synchronized (this) {
      busy = working != null;
    }
    if (frozen == null) {
      return RouteFreeze.cold(busy ? RouteFreeze.State.FREEZING : RouteFreeze.State.COLD, why);
    }
    return new RouteFreeze(
        RouteFreeze.State.FROZEN,
        why == null ? "it was frozen where it " + frozen.at() : why,
        frozen.since(),
        frozen.bytes() + started.bytes(),
        frozen.watchedFiles(),
        frozen.took());
  }

  /**
   * Gives the state up, and making one. Runs end undisturbed, those too that a request still begins
   * that was given this program before.
   */
  @Override
  public void close() {
    synchronized (this) {
      inUse.close();
      if (working != null) {
        working.interrupt();
      }
    }
    started.close();
  }
}
