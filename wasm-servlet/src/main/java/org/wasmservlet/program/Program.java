package org.wasmservlet.program;

import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.freeze.LiveFrozen;
import org.wasmservlet.measure.RouteFreeze;

/** A module that is loaded and what its runs have, frozen or not. Thread-safe. */
public final class Program {
  private final WasmConfig config;

  /** Null if it is not to be frozen. */
  private final LiveFrozen frozen;

  Program(WasmConfig config, LiveFrozen frozen) {
    this.config = config;
    this.frozen = frozen;
  }

  /**
   * What its runs have.
   *
   * @return the configuration
   */
  public WasmConfig config() {
    return config;
  }

  /**
   * A run of it: of what is frozen, if there is that.
   *
   * @return null if there is not, and requests are refused until there is
   */
  public Run begin() {
    FrozenProgram ready = frozen == null ? null : frozen.current();
    if (ready != null) {
      return new Run(WasmExecution.of(ready), true);
    }
    return frozen != null && frozen.refusesCold() ? null : new Run(WasmExecution.of(config), false);
  }

  /**
   * One run.
   *
   * @param execution which has not begun
   * @param resumed whether it goes on from where the program was frozen
   */
  public record Run(WasmExecution execution, boolean resumed) {}

  /** Freezes it if it is to be, on the calling thread. */
  void freeze() {
    if (frozen != null) {
      frozen.freeze();
    }
  }

  /** Has what is frozen looked after; for each request. */
  void look() {
    if (frozen != null) {
      frozen.look();
    }
  }

  RouteFreeze freezeStatus() {
    return frozen == null ? RouteFreeze.OFF : frozen.status();
  }

  /** Releases the module and what is frozen. Runs that have begun end undisturbed. */
  void close() {
    if (frozen != null) {
      frozen.close();
    }
    config.module().close();
  }
}
