package org.wasmservlet.program;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.wasmservlet.cgi.Visible;
import org.wasmservlet.cgi.VisibleThrowable;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmModule;
import org.wasmservlet.core.reference.ModuleReference;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.freeze.Freezing;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.measure.RouteFreeze;
import org.wasmservlet.measure.RouteModule;

/**
 * What a route runs at the moment: nothing yet, a module, or a newer one. It loads the first, and
 * where it watches the file every later one, which takes the place of the one before when it is
 * ready; runs of that go on undisturbed. Thread-safe.
 */
public final class LiveProgram implements RouteModule, AutoCloseable {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private static final int MESSAGE_AT_MOST = 4000;

  /** When a load that has failed is tried again; containers do the same with servlets. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(60);

  /**
   * How many programs are loaded and warmed up while containers go on. More would not be ready
   * sooner, for each takes a processor or two; but each would take longer, and more memory.
   */
  static final int MOST_IN_BACKGROUND = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final Semaphore BACKGROUND = new Semaphore(MOST_IN_BACKGROUND, true);

  private final RouteOwner owner;
  private final String module;
  private final Source source;
  private final ModuleWatch watch;
  private Consumer<Program> warmUp = program -> {};
  private Freezing freezing;

  private volatile Program current;

  // Guarded by this.
  private Thread loading;
  private int waiting;
  private boolean closed;
  private boolean failed;
  private long failedAt;

  /** Makes what is run of the module's file as it is now. */
  @FunctionalInterface
  public interface Source {
    /**
     * Makes it.
     *
     * @return whose module is the caller's to close
     * @throws DirectiveException if it cannot be run
     */
    WasmConfig load() throws DirectiveException;
  }

  /**
   * Makes a program that is not loaded.
   *
   * @param module what it is called until it is loaded, and afterwards if it is no path
   * @param source loads it
   * @param watch tells when to load it again; null for never
   */
  LiveProgram(RouteOwner owner, String module, Source source, ModuleWatch watch) {
    this.owner = owner;
    this.module = module;
    this.source = source;
    this.watch = watch;
  }

  /**
   * Has it frozen from now on, before requests get it; where it is loaded for the first of them,
   * after that.
   *
   * @param how it is frozen; null if it is not
   */
  public void freeze(Freezing how) {
    freezing = how;
  }

  /**
   * Loads the module, or begins to, or does not.
   *
   * @param when which of them
   * @param beforeUse called with what has been loaded, before a request gets it
   * @throws DirectiveException if it is to be loaded now and cannot be
   */
  public void start(Preload when, Consumer<Program> beforeUse) throws DirectiveException {
    warmUp = beforeUse;
    if (when == Preload.ON) {
      use(load(true));
    } else if (when == Preload.BACKGROUND) {
      loadInBackground(this::loadInTurn);
    }
  }

  @Override
  public String name() {
    Program ready = current;
    return ready == null || ModuleReference.isOne(module)
        ? module
        : ready.config().module().file().toString();
  }

  @Override
  public RouteFreeze freeze() {
    Program ready = current;
    if (ready != null) {
      return ready.freezeStatus();
    }
    return freezing == null
        ? RouteFreeze.OFF
        : RouteFreeze.cold(RouteFreeze.State.COLD, "the module is " + state().label());
  }

  @Override
  public State state() {
    if (current != null) {
      return State.READY;
    }
    synchronized (this) {
      if (current != null) {
        return State.READY;
      }
      if (loading != null) {
        return State.LOADING;
      }
      return failed ? State.FAILED : State.NOT_LOADED;
    }
  }

  /**
   * What to run, after a wait where the first module is being loaded.
   *
   * @param patience how long
   * @param mostWaiting how many requests may wait
   * @return null if it is not there in time, cannot be loaded, too many wait already, or the thread
   *     is interrupted
   */
  public Program get(Duration patience, int mostWaiting) {
    Program ready = current;
    if (ready == null) {
      return await(patience.toNanos(), mostWaiting);
    }
    if (watch != null
        && watch.hasChanged(ready.config().module().version())
        && !loadInBackground(this::loadAndUse)) {
      watch.tellAgain();
    }
    ready.look();
    return ready;
  }

  private synchronized Program await(long nanos, int mostWaiting) {
    if (!failed || System.nanoTime() - failedAt >= RETRY_NANOS) {
      loadInBackground(this::loadAndUse);
    }
    if (waiting >= mostWaiting) {
      return current;
    }
    long deadline = System.nanoTime() + nanos;
    waiting++;
    try {
      while (current == null && loading != null) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          break;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting--;
    }
    return current;
  }

  /** At most one load at a time: false if this one was not begun. */
  private synchronized boolean loadInBackground(Runnable load) {
    if (loading != null || closed) {
      return false;
    }
    // Without what the starting thread hands on to its children: that may be a request's.
    loading = new Thread(null, load, "wasm-load " + owner.name(), 0, false);
    loading.setDaemon(true);
    loading.setContextClassLoader(LiveProgram.class.getClassLoader());
    loading.start();
    return true;
  }

  private void loadInTurn() {
    try {
      BACKGROUND.acquire();
    } catch (InterruptedException e) {
      ended(false);
      return;
    }
    try {
      loadAndUse(true);
    } finally {
      BACKGROUND.release();
    }
  }

  /** For a request: one that waits is not to wait for a program that is frozen first. */
  private void loadAndUse() {
    loadAndUse(current != null);
  }

  private void loadAndUse(boolean frozenFirst) {
    boolean done = false;
    try {
      Program loaded = load(frozenFirst);
      use(loaded);
      done = true;
      if (!frozenFirst) {
        served();
        loaded.freeze();
      }
    } catch (DirectiveException e) {
      LOGGER.log(
          Level.ERROR,
          current == null ? told(e) : told(e) + "; it goes on with the module that it has");
    } catch (Throwable t) {
      LOGGER.log(Level.ERROR, owner + ": the module was not loaded", VisibleThrowable.of(t));
    } finally {
      ended(done);
    }
  }

  /** Those who wait need not wait for what is still to be done. */
  private synchronized void served() {
    notifyAll();
  }

  private synchronized void ended(boolean done) {
    failed = !done;
    failedAt = System.nanoTime();
    loading = null;
    notifyAll();
  }

  private Program load(boolean frozenFirst) throws DirectiveException {
    WasmConfig config = source.load();
    Program loaded = new Program(config, freezing);
    boolean ready = false;
    try {
      log(config.module());
      if (frozenFirst) {
        loaded.freeze();
      }
      warmUp.accept(loaded);
      ready = true;
    } finally {
      if (!ready) {
        loaded.close();
      }
    }
    return loaded;
  }

  private void use(Program loaded) {
    Program old;
    synchronized (this) {
      old = closed ? loaded : current;
      if (!closed) {
        current = loaded;
      }
    }
    if (old != null) {
      old.close();
    }
  }

  private void log(WasmModule module) {
    LOGGER.log(
        Level.INFO,
        "{0} runs {1}: {2} functions, {3} of them interpreted; {4} in {5} ms",
        owner,
        module.file(),
        Integer.toString(module.functionCount()),
        Integer.toString(module.interpretedFunctionCount()),
        module.wasPrepared() ? "loaded from a prepared module" : "compiled",
        Long.toString(module.loadTime().toMillis()));
  }

  /** Releases the module and gives up loading one. Runs that have begun end undisturbed. */
  @Override
  public void close() {
    Program last;
    synchronized (this) {
      closed = true;
      last = current;
      current = null;
      if (loading != null) {
        loading.interrupt();
      }
    }
    if (last != null) {
      last.close();
    }
  }

  /** A module's names may be in the message. */
  private String told(Exception e) {
    return Visible.escape(owner + ": " + e.getMessage(), MESSAGE_AT_MOST);
  }
}
