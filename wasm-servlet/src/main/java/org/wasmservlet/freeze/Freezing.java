package org.wasmservlet.freeze;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.wasmservlet.admission.Admission;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.FrozenPrograms;
import org.wasmservlet.core.MemoryShare;
import org.wasmservlet.core.NotFrozenException;
import org.wasmservlet.core.ProgramFreezer;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.preopen.GivenDirectories;

/**
 * What freezing a route's programs takes. Immutable.
 *
 * @param owner the route
 * @param plan where they are frozen
 * @param scripts where else
 * @param admission to the route's guests: one that is being frozen is one of them
 * @param kept where programs are that were frozen earlier, and this one is kept
 * @param memory that the route's programs can count on
 * @param directories that they have
 * @param diagnostics gives what their standard error goes to; closed after each freezing
 */
public record Freezing(
    RouteOwner owner,
    FreezePlan plan,
    ScriptPlan scripts,
    Admission admission,
    FrozenPrograms kept,
    MemoryShare memory,
    GivenDirectories directories,
    Supplier<OutputStream> diagnostics) {

  /**
   * Prepares to freeze a program.
   *
   * @param config what is run
   * @return which is not frozen yet; to be closed
   */
  public LiveFrozen of(WasmConfig config) {
    return new LiveFrozen(this, plan, owner.toString(), config, System::nanoTime);
  }

  /**
   * Prepares to freeze what a program is with its scripts loaded.
   *
   * @param config what is run
   * @return which are not frozen yet; to be closed
   */
  public FrozenScripts scriptsOf(WasmConfig config) {
    return new FrozenScripts(this, config);
  }

  /**
   * Freezes a program, on the calling thread.
   *
   * @param from what it goes on from; null if it is started
   * @throws NotAdmittedException if other guests run
   */
  FrozenProgram freeze(WasmConfig config, FreezeAt at, FrozenProgram from)
      throws NotFrozenException, IOException {
    GivenDirectories inUse = directories.use();
    try {
      if (!admission.enter()) {
        throw new NotAdmittedException();
      }
      try {
        return freezeNow(config, at, from);
      } finally {
        admission.leave();
      }
    } finally {
      inUse.close();
    }
  }

  private FrozenProgram freezeNow(WasmConfig config, FreezeAt at, FrozenProgram from)
      throws NotFrozenException, IOException {
    try (OutputStream stderr = diagnostics.get()) {
      ProgramFreezer freezer =
          ProgramFreezer.of(config, at)
              .share(memory)
              .stderr(stderr)
              .protocol(answer -> scripts.protocol().apply(answer, stderr));
      return (from == null ? freezer : freezer.from(from)).freeze();
    }
  }

  /** Other guests run. */
  static final class NotAdmittedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotAdmittedException() {
      super("there was no place for it to run in (WasmMaxConcurrent, WasmLockFile)");
    }
  }

  /** The state of one script: requests that do without it are served as all others are. */
  LiveFrozen of(String start, WasmConfig config) {
    FreezePlan own = new FreezePlan(scripts.places().get(start), null, false, plan.keeps());
    return new LiveFrozen(this, own, owner + " with " + start, config, System::nanoTime);
  }
}
