package org.wasmservlet.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.wasmservlet.core.module.CompiledModule;
import org.wasmservlet.core.module.ModuleFile;
import org.wasmservlet.core.module.ModuleLoader;

/**
 * Loads each module file once, however many users name it and by whatever path, and shares it.
 *
 * <p>A module is known by its {@linkplain ModuleFile real path, size and modification time}, so a
 * file that was replaced is a new module. Threads that ask for a module while another thread loads
 * it wait for that one load; a failed load is reported to all of them and may be tried again.
 *
 * <p>Thread-safe. The lock guards the bookkeeping only: loading happens outside it, and a running
 * guest never comes here.
 */
public final class ModuleCache {
  private static final ModuleCache SHARED = new ModuleCache();

  /** In the order of their loading. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  // Guarded by the same lock as the entries.
  private long loads;
  private long preparedLoads;
  private long failures;
  private long hits;
  private Duration loadTime = Duration.ZERO;

  /** Makes a cache of its own; most callers want the {@linkplain #shared() shared} one. */
  public ModuleCache() {}

  /**
   * The cache that all users of this class share: one for each class loader that has loaded this
   * library, so one for each web application that brings it along.
   *
   * @return always the same cache
   */
  public static ModuleCache shared() {
    return SHARED;
  }

  /**
   * Gives a handle on the module in a file and loads it first where that has not happened yet, on
   * the calling thread.
   *
   * @param file a path to the module's file; links are followed
   * @return a handle of the caller's own, to be closed by it
   * @throws WasmModuleException if the file cannot be used as a module, or the thread is
   *     interrupted while it waits for another thread's load; the interrupt flag is then set
   */
  public WasmModule load(Path file) throws WasmModuleException {
    return load(file, PreparedModules.none());
  }

  /**
   * As {@link #load(Path)}, without compiling a module that is prepared; one that is not will be.
   *
   * @param file a path to the module's file; links are followed
   * @param prepared where prepared modules are; looked at only if the module is not loaded yet
   * @return a handle of the caller's own, to be closed by it
   * @throws WasmModuleException as {@link #load(Path)}, and never because of what is prepared
   */
  public WasmModule load(Path file, PreparedModules prepared) throws WasmModuleException {
    return load(new Key(identify(file), false), prepared);
  }

  /**
   * As {@link #load(Path, PreparedModules)}, for programs that are to be frozen: their code marks
   * what it writes to, so that short runs have little to do when they end; long loops are a tenth
   * slower. It is another module than the one that {@link #load} gives.
   *
   * @param file a path to the module's file; links are followed
   * @param prepared where prepared modules are; looked at only if the module is not loaded yet
   * @return a handle of the caller's own, to be closed by it
   * @throws WasmModuleException as {@link #load(Path, PreparedModules)}
   */
  public WasmModule loadToFreeze(Path file, PreparedModules prepared) throws WasmModuleException {
    return load(new Key(identify(file), true), prepared);
  }

  private WasmModule load(Key key, PreparedModules prepared) throws WasmModuleException {
    Entry entry;
    boolean first;
    synchronized (entries) {
      Entry present = entries.get(key);
      first = present == null;
      entry = first ? new Entry() : present;
      entry.users++;
      if (first) {
        entries.put(key, entry);
      } else {
        hits++;
      }
    }
    if (first) {
      fill(key, entry, prepared);
    }
    CompiledModule compiled = await(key, entry);
    return new WasmModule(compiled, new ModuleVersion(key.file), () -> release(key, entry));
  }

  /**
   * How many different modules are held.
   *
   * @return the number of modules that are loaded, or being loaded, and have a user
   */
  public int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  /**
   * What the cache holds and has done.
   *
   * @return a picture of this moment
   */
  public ModuleCacheStatistics statistics() {
    synchronized (entries) {
      List<ModuleCacheStatistics.Loaded> modules = new ArrayList<>();
      entries.forEach(
          (key, entry) -> {
            CompiledModule compiled = entry.ready();
            if (compiled != null) {
              modules.add(
                  new ModuleCacheStatistics.Loaded(
                      key.file.path(),
                      key.file.size(),
                      compiled.functionCount(),
                      compiled.interpretedFunctionCount(),
                      entry.loadedAt,
                      compiled.loadTime(),
                      entry.users));
            }
          });
      return new ModuleCacheStatistics(modules, loads, preparedLoads, failures, hits, loadTime);
    }
  }

  private static ModuleFile identify(Path file) throws WasmModuleException {
    try {
      return ModuleFile.identify(file);
    } catch (IOException e) {
      throw new WasmModuleException(e.getMessage(), e.getCause());
    }
  }

  private void fill(Key key, Entry entry, PreparedModules prepared) {
    try {
      CompiledModule compiled = ModuleLoader.load(key.file, key.toBeFrozen, prepared.preparation());
      synchronized (entries) {
        loads++;
        preparedLoads += compiled.wasPrepared() ? 1 : 0;
        loadTime = loadTime.plus(compiled.loadTime());
        entry.loadedAt = Instant.now();
      }
      entry.loaded.complete(compiled);
    } catch (Throwable t) {
      // Forgotten before it is reported, so that whoever sees the failure can already try again.
      synchronized (entries) {
        failures++;
        entries.remove(key, entry);
      }
      entry.loaded.completeExceptionally(t);
    }
  }

  private CompiledModule await(Key key, Entry entry) throws WasmModuleException {
    try {
      return entry.loaded.get();
    } catch (InterruptedException e) {
      release(key, entry);
      Thread.currentThread().interrupt();
      throw new WasmModuleException(key.file.path() + ": interrupted while it was being loaded", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      // A new exception for each caller: a shared one would carry one thread's stack for all.
      throw cause instanceof IOException
          ? new WasmModuleException(cause.getMessage(), cause)
          : new WasmModuleException(key.file.path() + ": loading failed: " + cause, cause);
    }
  }

  private void release(Key key, Entry entry) {
    synchronized (entries) {
      if (--entry.users == 0) {
        entries.remove(key, entry);
        CompiledModule compiled = entry.ready();
        if (compiled != null) {
          compiled.release();
        }
      }
    }
  }

  // No record: the JDK's own equals and hashCode of a record keep the record's class, and with it
  // the class loader of a web application that has long been undeployed.
  private static final class Key {
    private final ModuleFile file;
    private final boolean toBeFrozen;

    Key(ModuleFile file, boolean toBeFrozen) {
      this.file = file;
      this.toBeFrozen = toBeFrozen;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && toBeFrozen == key.toBeFrozen && file.equals(key.file);
    }

    @Override
    public int hashCode() {
      return file.hashCode() * 31 + Boolean.hashCode(toBeFrozen);
    }
  }

  private static final class Entry {
    final CompletableFuture<CompiledModule> loaded = new CompletableFuture<>();

    // Guarded by the cache's lock.
    int users;
    Instant loadedAt;

    /** Null while it is being loaded. */
    CompiledModule ready() {
      return loaded.isDone() && !loaded.isCompletedExceptionally() ? loaded.join() : null;
    }
  }
}
