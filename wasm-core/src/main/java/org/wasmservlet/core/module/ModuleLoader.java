package org.wasmservlet.core.module;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ClassLoadingCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.UnsupportedFeatureException;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;
import org.wasmservlet.core.prepared.PreparedFile;

/** Parses, validates and compiles a module, or reads what that came to earlier. */
public final class ModuleLoader {
  /**
   * Chicory starts a whole class anew for each function that proves too large for a method; smaller
   * classes make that cheaper (PHP: 32 s with its default, 20 s with this).
   */
  private static final int FUNCTIONS_PER_CLASS = 1024;

  private static final Logger LOGGER = System.getLogger("org.wasmservlet.core.ModuleCache");

  private ModuleLoader() {}

  /**
   * Loads a module.
   *
   * @param binary the module
   * @param original the files that have it
   * @param toBeFrozen whether its code is to be good for programs that are frozen
   * @param trapsUnknownImports whether functions that are not provided may be imported
   * @param preparation where it may be prepared, and where to keep it
   * @return the compiled module
   * @throws IOException if it is no module that can be run here; the message names the cause, and
   *     no file, for several may have it
   */
  public static CompiledModule load(
      ModuleBinary binary,
      Original original,
      boolean toBeFrozen,
      boolean trapsUnknownImports,
      Preparation preparation)
      throws IOException {
    long start = binary.start();
    Path path = binary.file().path();
    WasmCompiler compiler = compiler(toBeFrozen);
    Preparation.Found prepared = preparation.find(compiler, original);
    if (prepared != null) {
      refuseMissing(prepared, trapsUnknownImports);
      return compiled(compiler, original, prepared, true, start);
    }
    WasmBinary module = ModuleReading.withoutCode(binary.bytes());
    refuseMissing(module.outline(), trapsUnknownImports);
    try {
      int functions = module.outline().functionSection().functionCount();
      CompiledCode code =
          ModuleReading.compile(
              compiler.withProgress(Progress.logged(path, functions, start)), module);
      Preparation.Found kept = preparation.store(compiler, code, original, binary.bytes());
      // The classes come out of the file from now on, and not out of the heap.
      return kept != null
          ? compiled(compiler, original, kept, false, start)
          : compiled(
              code,
              FunctionNames.of(module.outline()),
              FirstClasses.none(),
              null,
              false,
              new ModuleFreezing(compiler, code, original),
              start);
    } catch (UnsupportedFeatureException e) {
      CompiledModule compiled =
          compileByTheEngine(ModuleReading.whole(binary.bytes()), e.feature(), start);
      LOGGER.log(
          Level.INFO,
          "{0} uses {1}: it runs on the engine''s own compiler, which is up to 40 times slower and"
              + " prepares nothing; a build without that runs on the compiler of this server",
          path,
          e.feature());
      return compiled;
    } catch (RuntimeException | LinkageError e) {
      throw new IOException("cannot be compiled: " + ModuleReading.reason(e), e);
    }
  }

  /** The compiler with the options for a module that is to be frozen, or for any other. */
  static WasmCompiler compiler(boolean toBeFrozen) {
    WasmCompiler usual = WasmCompiler.create();
    return toBeFrozen ? usual.markingWrites() : usual;
  }

  private static CompiledModule compiled(
      WasmCompiler compiler,
      Original original,
      Preparation.Found found,
      boolean prepared,
      long start)
      throws IOException {
    try {
      WasmModule module = found.module().module();
      CompiledCode code = found.module().code();
      FirstClasses first = FirstClasses.load(code, found.firstClasses());
      return compiled(
          code,
          FunctionNames.of(module),
          first,
          found.file(),
          prepared,
          new ModuleFreezing(compiler, code, original),
          start);
    } catch (RuntimeException | LinkageError e) {
      found.file().close();
      throw e;
    }
  }

  private static CompiledModule compiled(
      CompiledCode code,
      FunctionNames names,
      FirstClasses firstClasses,
      PreparedFile storage,
      boolean prepared,
      ModuleFreezing freezing,
      long start) {
    return new CompiledModule(
        code.module(),
        code::builder,
        names,
        null,
        firstClasses,
        storage,
        prepared,
        freezing,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static void refuseMissing(Preparation.Found prepared, boolean trapsUnknownImports)
      throws IOException {
    try {
      refuseMissing(prepared.module().module(), trapsUnknownImports);
    } catch (IOException | RuntimeException e) {
      prepared.file().close();
      throw e;
    }
  }

  private static void refuseMissing(WasmModule module, boolean trapsUnknownImports)
      throws IOException {
    String missing = ProvidedImports.describeMissing(module, trapsUnknownImports);
    if (missing != null) {
      throw new IOException(missing);
    }
  }

  private static CompiledModule compileByTheEngine(WasmModule module, String feature, long start)
      throws IOException {
    String refused = Refused.describe(module, feature);
    if (refused != null) {
      throw new IOException(refused);
    }
    CompilerResult result = compile(module);
    Set<Integer> interpreted = result.interpretedFunctions();
    WasmModule lean = LeanModule.withoutCompiledBodies(module, interpreted);
    Function<Instance, Machine> machines =
        ((ClassLoadingCollector) result.collector()).machineFactory();
    return new CompiledModule(
        lean,
        limiter ->
            Instance.builder(lean)
                .withMachineFactory(machines)
                .withMemoryFactory(declared -> new EngineMemory(declared, limiter))
                .withTableFactory((table, value) -> EngineTable.create(table, value, limiter)),
        FunctionNames.of(module),
        new CompiledModule.ByTheEngine(feature, interpreted.size()),
        FirstClasses.none(),
        null,
        false,
        null,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static CompilerResult compile(WasmModule module) throws IOException {
    try {
      return Compiler.builder(module)
          .withInterpreterFallback(InterpreterFallback.SILENT)
          .withMaxFunctionsPerClass(FUNCTIONS_PER_CLASS)
          .withClassCollectorFactory(ClassLoadingCollector::new)
          .build()
          .compile();
    } catch (RuntimeException | LinkageError e) {
      throw new IOException("cannot be compiled: " + ModuleReading.reason(e), e);
    }
  }
}
