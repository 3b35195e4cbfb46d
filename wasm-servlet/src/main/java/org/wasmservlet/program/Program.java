package org.wasmservlet.program;

import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.freeze.Freezing;
import org.wasmservlet.freeze.FrozenScripts;
import org.wasmservlet.freeze.LiveFrozen;
import org.wasmservlet.measure.RouteFreeze;

/** A module that is loaded and what its runs have, frozen or not. Thread-safe. */
public final class Program {
  private final WasmConfig config;

  /** Null if it is not to be frozen, as the other one is then. */
  private final LiveFrozen frozen;

  private final FrozenScripts scripts;

  /**
   * Makes one that is not frozen yet.
   *
   * @param freezing null if it is not to be
   */
  Program(WasmConfig config, Freezing freezing) {
    this.config = config;
    this.frozen = freezing == null ? null : freezing.of(config);
    this.scripts = freezing == null ? null : freezing.scriptsOf(config);
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
   * @param script that the request is for; null if it does not matter
   * @return null if there is not, and requests are refused until there is
   */
  public Run begin(String script) {
    if (frozen == null) {
      return new Run(WasmExecution.of(config), From.THE_BEGINNING);
    }
    FrozenProgram started = scripts.current(script);
    if (started != null) {
      return new Run(WasmExecution.of(started), From.ITS_SCRIPT);
    }
    FrozenProgram ready = frozen.current();
    if (ready != null) {
      return new Run(WasmExecution.of(ready), From.WHERE_IT_ASKS);
    }
    return frozen.refusesCold() ? null : new Run(WasmExecution.of(config), From.THE_BEGINNING);
  }

  /**
   * One run.
   *
   * @param execution which has not begun
   * @param from where it goes on from
   */
  public record Run(WasmExecution execution, From from) {}

  /** Where a run goes on from. */
  public enum From {
    /** It begins anew. */
    THE_BEGINNING,
    /** Where the program asks for its request. */
    WHERE_IT_ASKS,
    /** Where it has loaded the script that the request is for, and asks what the request is. */
    ITS_SCRIPT
  }

  /** Freezes it if it is to be, on the calling thread. */
  void freeze() {
    if (frozen != null) {
      frozen.freeze();
      scripts.takeKept();
    }
  }

  /** Has what is frozen looked after; for each request. */
  void look() {
    if (frozen != null) {
      frozen.look();
    }
  }

  RouteFreeze freezeStatus() {
    return frozen == null ? RouteFreeze.OFF : scripts.status(frozen.status());
  }

  /** Releases the module and what is frozen. Runs that have begun end undisturbed. */
  void close() {
    if (frozen != null) {
      frozen.close();
      scripts.close();
    }
    config.module().close();
  }
}
