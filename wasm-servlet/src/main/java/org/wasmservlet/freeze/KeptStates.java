package org.wasmservlet.freeze;

import java.io.IOException;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.WasmConfig;

/**
 * The frozen states of one program that outlive the server. They are of use whether that can be
 * done or not. Immutable.
 *
 * @param freezing of its route
 * @param log what it has of the program
 */
record KeptStates(Freezing freezing, FreezeLog log) {
  /** One that was kept; null if there is none that can be used. */
  FrozenProgram find(WasmConfig config, FreezeAt at) {
    return freezing.kept().find(config, at, freezing.memory()).orElse(null);
  }

  /** Keeps one for the next start. */
  void keep(FrozenProgram frozen) {
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
}
