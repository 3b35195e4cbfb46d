package org.wasmservlet.core;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.wasmservlet.core.module.CompiledModule;
import org.wasmservlet.core.module.ModuleBinary;
import org.wasmservlet.core.module.Original;

/**
 * A module that is loaded, or being loaded, for all files that have its bytes. But for the future,
 * all of it is guarded by the cache's lock.
 */
final class SharedModule {
  final CompletableFuture<CompiledModule> loaded = new CompletableFuture<>();
  final ContentKey content;
  final Original original;

  /** Null while it is being loaded. */
  Instant loadedAt;

  private final long bytes;

  /** In the order in which they were first asked for. */
  private final Map<FileKey, KnownFile> files = new LinkedHashMap<>();

  SharedModule(ContentKey content, ModuleBinary binary) {
    this.content = content;
    this.original = new Original(binary.digest());
    this.bytes = binary.file().size();
  }

  /** A file turned out to have these bytes. */
  void add(FileKey key, KnownFile file) {
    original.add(key.file);
    files.put(key, file);
  }

  /**
   * A file has no user any longer.
   *
   * @return whether no file has one
   */
  boolean remove(FileKey key) {
    files.remove(key);
    if (files.isEmpty()) {
      // What is still being frozen, or kept, may read it.
      return true;
    }
    original.remove(key.file);
    return false;
  }

  /** All that are to be forgotten with it. */
  Map<FileKey, KnownFile> files() {
    return files;
  }

  /** Null while it is being loaded, and if that has failed. */
  CompiledModule ready() {
    return loaded.isDone() && !loaded.isCompletedExceptionally() ? loaded.join() : null;
  }

  /** Null while it is being loaded. */
  ModuleCacheStatistics.Loaded describe() {
    CompiledModule compiled = ready();
    if (compiled == null) {
      return null;
    }
    // A file that was touched is two, and one path.
    Set<Path> paths = new LinkedHashSet<>();
    int users = 0;
    for (Map.Entry<FileKey, KnownFile> each : files.entrySet()) {
      paths.add(each.getKey().file.path());
      users += each.getValue().users;
    }
    return new ModuleCacheStatistics.Loaded(
        List.copyOf(paths),
        bytes,
        compiled.functionCount(),
        compiled.interpretedFunctionCount(),
        loadedAt,
        compiled.loadTime(),
        users);
  }
}
