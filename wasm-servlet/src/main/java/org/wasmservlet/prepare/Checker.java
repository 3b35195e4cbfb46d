package org.wasmservlet.prepare;

import java.nio.file.Path;
import java.util.Objects;
import org.wasmservlet.core.ModuleCheck;
import org.wasmservlet.core.ModuleUse;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.report.Report;

/**
 * Tells of modules what they are, and whether they will run: as {@link ModuleCheck}, in lines. For
 * one thread.
 */
public final class Checker {
  private final PreparationListener listener;
  private ModuleUse use = ModuleUse.usual();
  private String entryPoint = WasmConfig.DEFAULT_ENTRY_POINT;
  private boolean isStrict;

  private Checker(PreparationListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * Begins one.
   *
   * @param listener told what a module is; with an error what will not run, and why not
   * @return never null
   */
  public static Checker telling(PreparationListener listener) {
    return new Checker(listener);
  }

  /**
   * Takes modules for good that import what no program is given, as WasmUnknownImports Trap does.
   *
   * @return this
   */
  public Checker trappingUnknownImports() {
    use = use.trappingUnknownImports();
    return this;
  }

  /**
   * Looks for another function than {@code _start}, as WasmEntryPoint does.
   *
   * @param name of an export; not null
   * @return this
   */
  public Checker entryPoint(String name) {
    entryPoint = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * Takes a module that only the engine's own compiler can do for an error.
   *
   * @return this
   */
  public Checker strict() {
    isStrict = true;
    return this;
  }

  /**
   * Checks a module.
   *
   * @param module a .wasm file, which need not be there
   * @return false if the listener was told an error
   */
  public boolean check(Path module) {
    Report report = new Report(listener::tells);
    ModuleCheck check = ModuleCheck.of(module, use, entryPoint);
    check.lines().forEach(line -> report.say(module, line));
    if (!check.willRun() || isStrict && !check.isCompiled()) {
      report.fail(module, check.verdict());
    } else if (!check.isCompiled()) {
      report.warn(module, check.verdict());
    } else {
      report.say(module, check.verdict());
    }
    return report.isWithoutFailures();
  }
}
