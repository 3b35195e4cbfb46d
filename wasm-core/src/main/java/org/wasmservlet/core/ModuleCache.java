package org.wasmservlet.core;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.wasmservlet.core.module.CompiledModule;
import org.wasmservlet.core.module.ModuleBinary;
import org.wasmservlet.core.module.ModuleFile;
import org.wasmservlet.core.module.ModuleLoader;

/**
 * Loads each module once, however many users name it, by whatever path and in however many files,
 * and shares it.
 *
 * <p>A module is known by its bytes, a file by its {@linkplain ModuleFile real path, size and
 * modification time}: it is read once while it stays what it is, and one that was replaced is read
 * anew. Threads that ask for a module while another thread loads it wait for that one load; a
 * failed load is reported to all of them and may be tried again. If the thread that loads it is
 * interrupted, one of those that wait begins anew.
 *
 * <p>Thread-safe. The lock guards the bookkeeping only: loading happens outside it, and a running
 * guest never comes here.
 */
public final class ModuleCache {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.core.ModuleCache");

  private static final ModuleCache SHARED = new ModuleCache();

  private final Object lock = new Object();

  // Guarded by the lock.
  private final Map<FileKey, KnownFile> files = new HashMap<>();

  /** In the order of their loading. */
  private final Map<ContentKey, SharedModule> modules = new LinkedHashMap<>();

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
   *     interrupted meanwhile; the interrupt flag is then set
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
    return load(file, ModuleUse.usual(), prepared);
  }

  /**
   * As {@link #load(Path, PreparedModules)}, for another use. It is another module for each.
   *
   * @param file a path to the module's file; links are followed
   * @param use what it is to be good for
   * @param prepared where prepared modules are; looked at only if the module is not loaded yet
   * @return a handle of the caller's own, to be closed by it
   * @throws WasmModuleException as {@link #load(Path, PreparedModules)}
   */
  public WasmModule load(Path file, ModuleUse use, PreparedModules prepared)
      throws WasmModuleException {
    return load(new FileKey(identify(file), use), prepared);
  }

  private WasmModule load(FileKey key, PreparedModules prepared) throws WasmModuleException {
    WasmModule loaded = null;
    while (loaded == null) {
      loaded = tryToLoad(key, prepared);
    }
    return loaded;
  }

  /** Null if another thread has given up what it was loading. */
  private WasmModule tryToLoad(FileKey key, PreparedModules prepared) throws WasmModuleException {
    KnownFile file;
    boolean first;
    synchronized (lock) {
      KnownFile present = files.get(key);
      first = present == null;
      file = first ? new KnownFile() : present;
      file.users++;
      if (first) {
        files.put(key, file);
      } else {
        hits++;
      }
    }
    if (first) {
      fill(key, file, prepared);
    }
    CompiledModule compiled = await(key, file);
    return compiled == null
        ? null
        : new WasmModule(compiled, new ModuleVersion(key.file), () -> release(key, file));
  }

  /**
   * How many different modules are held.
   *
   * @return the number of modules that are loaded, or being loaded, and have a user; files that
   *     have the same bytes are one
   */
  public int size() {
    synchronized (lock) {
      return modules.size();
    }
  }

  /**
   * What the cache holds and has done.
   *
   * @return a picture of this moment
   */
  public ModuleCacheStatistics statistics() {
    synchronized (lock) {
      List<ModuleCacheStatistics.Loaded> loaded =
          modules.values().stream().map(SharedModule::describe).filter(Objects::nonNull).toList();
      return new ModuleCacheStatistics(loaded, loads, preparedLoads, failures, hits, loadTime);
    }
  }

  private static ModuleFile identify(Path file) throws WasmModuleException {
    try {
      return ModuleFile.identify(file);
    } catch (IOException e) {
      throw new WasmModuleException(e.getMessage(), e.getCause());
    }
  }

  private void fill(FileKey key, KnownFile file, PreparedModules prepared) {
    ModuleBinary binary;
    try {
      binary = ModuleBinary.read(key.file);
    } catch (Throwable t) {
      // Forgotten before it is reported, so that whoever sees the failure can already try again.
      Throwable outcome = outcome(t);
      synchronized (lock) {
        failures += outcome == t ? 1 : 0;
        files.remove(key, file);
      }
      file.module.completeExceptionally(outcome);
      return;
    }
    ContentKey content = new ContentKey(binary, key.use);
    SharedModule module;
    boolean first;
    synchronized (lock) {
      SharedModule present = modules.get(content);
      first = present == null;
      module = first ? new SharedModule(content, binary) : present;
      if (first) {
        modules.put(content, module);
      } else {
        hits++;
      }
      module.add(key, file);
    }
    file.module.complete(module);
    if (first) {
      fill(module, key, binary, prepared);
    } else {
      LOGGER.log(
          Level.INFO, "{0} is the same module as {1}", key.file.path(), module.original.path());
    }
  }

  private void fill(
      SharedModule module, FileKey key, ModuleBinary binary, PreparedModules prepared) {
    try {
      CompiledModule compiled =
          ModuleLoader.load(
              binary,
              module.original,
              key.use.isToBeFrozen(),
              key.use.trapsUnknownImports(),
              prepared.preparation());
      synchronized (lock) {
        loads++;
        preparedLoads += compiled.wasPrepared() ? 1 : 0;
        loadTime = loadTime.plus(compiled.loadTime());
        module.loadedAt = Instant.now();
      }
      module.loaded.complete(compiled);
    } catch (Throwable t) {
      // As above.
      Throwable outcome = outcome(t);
      synchronized (lock) {
        failures += outcome == t ? 1 : 0;
        modules.remove(module.content, module);
        module.files().forEach(files::remove);
      }
      module.loaded.completeExceptionally(outcome);
    }
  }

  /** Of a load that has failed. Who is interrupted gives up, and whoever waits may go on. */
  private static Throwable outcome(Throwable failure) {
    return Thread.currentThread().isInterrupted() ? new GivenUp() : failure;
  }

  private static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Null if another thread has given up. */
  private CompiledModule await(FileKey key, KnownFile file) throws WasmModuleException {
    Path path = key.file.path();
    SharedModule module = null;
    try {
      module = file.module.get();
      return module.loaded.get();
    } catch (InterruptedException e) {
      release(key, file);
      Thread.currentThread().interrupt();
      throw interrupted(path, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GivenUp) {
        if (Thread.currentThread().isInterrupted()) {
          throw interrupted(path, e);
        }
        return null;
      }
      // A new exception for each caller: a shared one would carry one thread's stack for all.
      Throwable cause = e.getCause();
      if (!(cause instanceof IOException)) {
        throw new WasmModuleException(path + ": loading failed: " + cause, cause);
      }
      // What is wrong with the bytes names no file: others may have them.
      throw new WasmModuleException(
          module == null ? cause.getMessage() : path + ": " + cause.getMessage(), cause);
    }
  }

  private static WasmModuleException interrupted(Path path, Exception e) {
    return new WasmModuleException(path + ": interrupted while it was being loaded", e);
  }

  private void release(FileKey key, KnownFile file) {
    synchronized (lock) {
      if (--file.users > 0) {
        return;
      }
      files.remove(key, file);
      SharedModule module = file.ready();
      if (module != null && module.remove(key)) {
        modules.remove(module.content, module);
        CompiledModule compiled = module.ready();
        if (compiled != null) {
          compiled.release();
        }
      }
    }
  }
}
