package org.wasmservlet.freeze;

import java.io.IOException;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.NotFrozenException;
import org.wasmservlet.core.WasmConfig;

/**
 * An interpreter that has been started and has not looked at its application: frozen apart, so that
 * a file of the application that changes costs loading that, and not the interpreter's start.
 * Thread-safe, for one that asks and others that close it.
 */
final class StartedInterpreter implements AutoCloseable {
  private final Freezing freezing;
  private final FreezeAt at;
  private final WasmConfig config;
  private final FreezeLog log;
  private final KeptStates kept;
  private final ProgramInUse inUse = new ProgramInUse();

  /**
   * Makes one that has not been started.
   *
   * @param at where it is frozen; null if the program has no such place
   */
  StartedInterpreter(Freezing freezing, FreezeAt at, WasmConfig config, FreezeLog log) {
    this.freezing = freezing;
    this.at = at;
    this.config = config;
    this.log = log;
    this.kept = new KeptStates(freezing, log);
  }

  /**
   * The interpreter as its files are now; starts it if need be.
   *
   * @return null if there is nothing to go on from: then the program is started whole, and says
   *     what is wrong with it
   * @throws IOException if it cannot be started now
   */
  FrozenProgram get() throws IOException {
    if (at == null) {
      return null;
    }
    FrozenProgram known = inUse.get();
    if (known != null && known.changedFile() == null) {
      return known;
    }
    FrozenProgram now = kept.find(config, at);
    if (now == null) {
      now = start();
    }
    inUse.use(now);
    return now;
  }

  private FrozenProgram start() throws IOException {
    try {
      FrozenProgram started = freezing.freeze(config, at, null);
      log.started(started);
      kept.keep(started);
      return started;
    } catch (NotFrozenException e) {
      log.notStarted(e);
      return null;
    }
  }

  /**
   * What it keeps in the heap.
   *
   * @return bytes, about
   */
  long bytes() {
    FrozenProgram started = inUse.get();
    return started == null ? 0 : started.bytes();
  }

  /** Gives it up. What goes on from it at the moment ends undisturbed. */
  @Override
  public void close() {
    inUse.close();
  }
}
