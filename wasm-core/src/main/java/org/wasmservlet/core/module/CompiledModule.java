package org.wasmservlet.core.module;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.TableSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.core.prepared.PreparedFile;

/** A module in the form that instances are made of. Immutable, shared between threads. */
public final class CompiledModule {
  /** What an element of a table takes: a number and a reference, which is not always compressed. */
  public static final long TABLE_ENTRY_BYTES = 12;

  private final WasmModule module;
  private final Function<MemoryLimiter, Instance.Builder> builders;
  private final int functionCount;

  /** Null if our own compiler has compiled it. */
  private final ByTheEngine engine;

  private final Duration loadTime;
  private final Map<String, FunctionType> exportedFunctions;
  private final FunctionNames functionNames;
  private final FirstClasses firstClasses;
  private final PreparedFile storage;
  private final boolean prepared;

  /** Null if programs of it cannot be frozen. */
  private final ModuleFreezing freezing;

  /**
   * How the engine's own compiler came to have it.
   *
   * @param feature that ours does not compile
   * @param interpretedFunctions that the engine's could not either
   */
  record ByTheEngine(String feature, int interpretedFunctions) {}

  CompiledModule(
      WasmModule module,
      Function<MemoryLimiter, Instance.Builder> builders,
      FunctionNames functionNames,
      ByTheEngine engine,
      FirstClasses firstClasses,
      PreparedFile storage,
      boolean prepared,
      ModuleFreezing freezing,
      Duration loadTime) {
    this.module = module;
    this.builders = builders;
    this.functionCount = module.functionSection().functionCount();
    this.engine = engine;
    this.loadTime = loadTime;
    this.exportedFunctions = exportedFunctions(module);
    this.functionNames = functionNames;
    this.firstClasses = firstClasses;
    this.storage = storage;
    this.prepared = prepared;
    this.freezing = freezing;
  }

  /**
   * The parsed module without the code that was compiled.
   *
   * @return what an instance is built from
   */
  public WasmModule module() {
    return module;
  }

  /**
   * Begins an instance: with the module, its compiled code, and what memories and tables it has.
   *
   * @param limiter asked for every byte of those
   * @return a builder that lacks the imports
   */
  public Instance.Builder builder(MemoryLimiter limiter) {
    return builders.apply(limiter);
  }

  /**
   * What freezes the module's programs.
   *
   * @return null if the module runs on the engine's own compiler, whose stacks cannot be kept
   */
  public ModuleFreezing freezing() {
    return freezing;
  }

  /**
   * Counts the functions that the module defines.
   *
   * @return without imports
   */
  public int functionCount() {
    return functionCount;
  }

  /**
   * Counts the functions that could not be compiled.
   *
   * @return how many are interpreted
   */
  public int interpretedFunctionCount() {
    return engine == null ? 0 : engine.interpretedFunctions();
  }

  /**
   * Why the module runs on the engine's own compiler.
   *
   * @return what it uses that ours does not compile; null if ours has compiled it
   */
  public String leftToTheEngine() {
    return engine == null ? null : engine.feature();
  }

  /**
   * The memory that every instance begins with.
   *
   * @return bytes of all linear memories and tables together
   */
  public long initialMemory() {
    return initialMemory(module);
  }

  /**
   * The memory that instances of a module begin with.
   *
   * @param module which needs no code
   * @return bytes of all linear memories and tables together
   */
  public static long initialMemory(WasmModule module) {
    long elements = 0;
    TableSection tables = module.tableSection();
    for (int i = 0; i < tables.tableCount(); i++) {
      elements += tables.getTable(i).limits().min();
    }
    long pages = 0;
    MemorySection memories = module.memorySection().orElse(null);
    for (int i = 0; memories != null && i < memories.memoryCount(); i++) {
      pages += memories.getMemory(i).limits().initialPages();
    }
    return pages * Memory.PAGE_SIZE + elements * TABLE_ENTRY_BYTES;
  }

  /**
   * What loading took.
   *
   * @return wall time
   */
  public Duration loadTime() {
    return loadTime;
  }

  /**
   * Tells what loading did not have to do.
   *
   * @return true if the module had been compiled before
   */
  public boolean wasPrepared() {
    return prepared;
  }

  /** To be told that a run has ended: from the first one the next start knows what to load. */
  public void ran() {
    firstClasses.keep();
  }

  /** Gives back what no running guest needs: the hold on the file that the classes come out of. */
  public void release() {
    firstClasses.stop();
    if (storage != null) {
      storage.close();
    }
  }

  /**
   * Looks a function up among the exports.
   *
   * @param name an export's name
   * @return its type, or null if the module exports no function of this name
   */
  public FunctionType exportedFunctionType(String name) {
    return exportedFunctions.get(name);
  }

  /**
   * Looks a function up among the imports.
   *
   * @param name an import's name, whatever module it is imported from
   * @return whether the module imports a function of this name
   */
  public boolean imports(String name) {
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      if (imported instanceof FunctionImport && imported.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The names for backtraces.
   *
   * @return what the functions are called
   */
  public FunctionNames functionNames() {
    return functionNames;
  }

  private static Map<String, FunctionType> exportedFunctions(WasmModule module) {
    List<Integer> importedTypes = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      if (imported instanceof FunctionImport function) {
        importedTypes.add(function.typeIndex());
      }
    }
    Map<String, FunctionType> types = new HashMap<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.FUNCTION) {
        int defined = export.index() - importedTypes.size();
        int type =
            defined < 0
                ? importedTypes.get(export.index())
                : module.functionSection().getFunctionType(defined);
        types.put(export.name(), module.typeSection().getType(type));
      }
    }
    return Map.copyOf(types);
  }
}
