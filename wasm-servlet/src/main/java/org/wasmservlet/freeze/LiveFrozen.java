package org.wasmservlet.freeze;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.NotFrozenException;
import org.wasmservlet.core.ProgramFreezer;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.measure.RouteFreeze;
import org.wasmservlet.preopen.GivenDirectories;

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
  private final WasmConfig config;
  private final LongSupplier nanoTime;
  private final AtomicLong lookedAt;
  private final ChangePace pace;

  private volatile FrozenProgram current;
  private volatile long retryNanos = RETRY_NANOS;
  private volatile String reason = "it is not frozen yet";

  // Guarded by this.
  private Thread working;
  private boolean closed;

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
    return current;
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
      if (working != null || closed) {
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
    long interval = current == null ? retryNanos : pace.lookEvery();
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
    FrozenProgram found = kept();
    if (found == null) {
      return false;
    }
    log.frozen(found, null);
    use(found);
    reason = null;
    return true;
  }

  private synchronized void inBackground() {
    if (working != null || closed) {
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
      FrozenProgram old = current;
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
      FrozenProgram found = changed == null ? kept() : null;
      FrozenProgram frozen = found == null ? frozen() : found;
      log.frozen(frozen, changed);
      use(frozen);
      reason = null;
      retryNanos = RETRY_NANOS;
      if (found == null) {
        keep(frozen);
      }
    } catch (NotAdmittedException e) {
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

  /** What was kept of it; null if there is nothing that can be used. */
  private FrozenProgram kept() {
    return freezing.kept().find(config, plan.at(), freezing.memory()).orElse(null);
  }

  /** Keeps it for the next start; it is of use whether that can be done or not. */
  private void keep(FrozenProgram frozen) {
    if (!freezing.kept().keeps()) {
      return;
    }
    try {
      freezing.kept().keep(frozen);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (Thread.currentThread().isInterrupted()) {
        // The web application stops.
        return;
      }
      log.notKept(e);
    }
  }

  private FrozenProgram frozen() throws NotFrozenException, IOException {
    GivenDirectories directories = freezing.directories().use();
    try {
      if (!freezing.admission().enter()) {
        throw new NotAdmittedException();
      }
      try {
        return frozenNow();
      } finally {
        freezing.admission().leave();
      }
    } finally {
      directories.close();
    }
  }

  private FrozenProgram frozenNow() throws NotFrozenException, IOException {
    try (OutputStream stderr = freezing.diagnostics().get()) {
      return ProgramFreezer.of(config, plan.at())
          .share(freezing.memory())
          .stderr(stderr)
          .protocol(answer -> freezing.scripts().protocol().apply(answer, stderr))
          .freeze();
    }
  }

  private void use(FrozenProgram frozen) {
    FrozenProgram old;
    synchronized (this) {
      old = closed ? frozen : current;
      if (!closed) {
        current = frozen;
      }
    }
    if (old != null) {
      old.close();
    }
  }

  private void failed(String why, Throwable unexpected) {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    if (Thread.currentThread().isInterrupted()) {
      // The web application stops.
      return;
    }
    boolean known = why.equals(reason);
    reason = why;
    log.notFrozen(why, unexpected, known, instead());
  }

  private FreezeLog.Instead instead() {
    if (current != null) {
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
    FrozenProgram frozen = current;
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
        frozen.bytes(),
        frozen.watchedFiles(),
        frozen.took());
  }

  /** Other guests run. */
  private static final class NotAdmittedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotAdmittedException() {
      super("there was no place for it to run in (WasmMaxConcurrent, WasmLockFile)");
    }
  }

  /**
   * Gives the state up, and making one. Runs end undisturbed, those too that a request still begins
   * that was given this program before.
   */
  @Override
  public void close() {
    FrozenProgram last;
    synchronized (this) {
      closed = true;
      last = current;
      if (working != null) {
        working.interrupt();
      }
    }
    if (last != null) {
      last.close();
    }
  }
}
