package org.wasmservlet.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a {@link ModuleCache} holds and has done, at one moment. Immutable.
 *
 * @param modules those that are loaded and have a user, in the order of their loading
 * @param loads how many loads have succeeded since the cache was made
 * @param prepared how many of them found a module that had been compiled before
 * @param failures how many have failed
 * @param hits how often a module was asked for that was loaded, or being loaded
 * @param loadTime wall time of all loads that have succeeded: reading, parsing, compiling
 */
public record ModuleCacheStatistics(
    List<Loaded> modules, long loads, long prepared, long failures, long hits, Duration loadTime) {

  /**
   * Copies the list.
   *
   * @param modules those that are loaded
   * @param loads how many loads have succeeded
   * @param prepared how many of them compiled nothing
   * @param failures how many have failed
   * @param hits how often a module was there
   * @param loadTime of all loads
   */
  public ModuleCacheStatistics {
    modules = List.copyOf(modules);
  }

  /**
   * How large the modules are.
   *
   * @return bytes of all together; one that several files have counts once
   */
  public long bytes() {
    return modules.stream().mapToLong(Loaded::bytes).sum();
  }

  /**
   * A module that is loaded.
   *
   * @param files the real paths of all files that it was asked for by, in that order
   * @param bytes the size of each
   * @param functionCount functions that it defines
   * @param interpretedFunctionCount those that are not compiled
   * @param loadedAt when it was ready
   * @param loadTime what loading took, in wall time
   * @param users handles on it that are open, by whichever of the files
   */
  public record Loaded(
      List<Path> files,
      long bytes,
      int functionCount,
      int interpretedFunctionCount,
      Instant loadedAt,
      Duration loadTime,
      int users) {

    /**
     * Copies the list.
     *
     * @param files that have it
     * @param bytes of each
     * @param functionCount functions
     * @param interpretedFunctionCount those that are not compiled
     * @param loadedAt when it was ready
     * @param loadTime what loading took
     * @param users how many
     */
    public Loaded {
      files = List.copyOf(files);
    }
  }
}
