package org.wasmservlet.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.core.module.CompiledModule;
import org.wasmservlet.core.module.ModuleBinary;
import org.wasmservlet.core.module.ModuleDescription;
import org.wasmservlet.core.module.ModuleFile;

/**
 * What a module is, and whether a program of it can be run here. It is read, validated and compiled
 * as a server would do that when it loads it, and nothing of it is run. Immutable.
 */
public final class ModuleCheck {
  private static final String READS = "fd_read";
  private static final String ACCEPTS = "sock_accept";

  private final List<String> lines;
  private final String fault;
  private final String leftToTheEngine;

  private ModuleCheck(List<String> lines, String fault, String leftToTheEngine) {
    this.lines = List.copyOf(lines);
    this.fault = fault;
    this.leftToTheEngine = leftToTheEngine;
  }

  /**
   * Checks a module, which takes as long as compiling it.
   *
   * @param file a path to it; a file that is none, or not there, is a module that will not run
   * @param use what it is to be good for
   * @param entryPoint the function that would be called, which is {@value
   *     WasmConfig#DEFAULT_ENTRY_POINT} for most
   * @return what was found, never null
   */
  public static ModuleCheck of(Path file, ModuleUse use, String entryPoint) {
    List<String> lines = new ArrayList<>();
    Path known = file;
    try {
      ModuleFile identified = ModuleFile.identify(file);
      known = identified.path();
      lines.addAll(ModuleDescription.of(ModuleBinary.read(identified)));
      try (WasmModule module = new ModuleCache().load(file, use, PreparedModules.none())) {
        CompiledModule compiled = module.compiled();
        lines.add(compilation(compiled));
        lines.add(freezing(compiled));
        WasmConfig.builder(module).entryPoint(entryPoint).limits(WasmLimits.DEFAULT);
        return new ModuleCheck(lines, null, compiled.leftToTheEngine());
      }
    } catch (IOException | IllegalArgumentException e) {
      String fault = e.getMessage();
      String name = known + ": ";
      return new ModuleCheck(
          lines, fault.startsWith(name) ? fault.substring(name.length()) : fault, null);
    }
  }

  private static String compilation(CompiledModule module) {
    String time = " in " + module.loadTime().toMillis() + " ms";
    return module.leftToTheEngine() == null
        ? "compiled: all functions" + time
        : "compiled: by the engine's own compiler, which is slower and keeps nothing, for it uses "
            + module.leftToTheEngine()
            + "; "
            + module.interpretedFunctionCount()
            + " functions are interpreted"
            + time;
  }

  private static String freezing(CompiledModule module) {
    if (module.freezing() == null) {
      return "WasmFreeze: not possible, for the engine's own compiler cannot keep a stack";
    }
    List<String> places = new ArrayList<>();
    if (module.imports(READS)) {
      places.add("stdin");
    }
    if (module.imports(ACCEPTS)) {
      places.add("accept");
    }
    if (places.isEmpty()) {
      return "WasmFreeze: not possible, for it reads nothing and accepts no connection";
    }
    int unfreezable = module.freezing().unfreezableFunctions();
    return "WasmFreeze: possible, "
        + String.join(" or ", places)
        + (unfreezable == 0
            ? ""
            : "; not while one of "
                + unfreezable
                + " functions that make tail calls or catch exceptions is on the stack");
  }

  /**
   * Tells what it is.
   *
   * @return lines of text, without the file's name; nothing in it is escaped
   */
  public List<String> lines() {
    return lines;
  }

  /**
   * Tells whether a program of it can be run.
   *
   * @return false if a server would refuse it
   */
  public boolean willRun() {
    return fault == null;
  }

  /**
   * Tells whether it can be prepared.
   *
   * @return false if it will not run, or only on the engine's own compiler
   */
  public boolean isCompiled() {
    return fault == null && leftToTheEngine == null;
  }

  /**
   * Says whether it will run.
   *
   * @return a line of text: that it will, or why not
   */
  public String verdict() {
    if (fault != null) {
      return "will not run: " + fault;
    }
    return leftToTheEngine == null
        ? "will run"
        : "will run, up to 40 times slower than other modules, and is compiled at every start";
  }
}
