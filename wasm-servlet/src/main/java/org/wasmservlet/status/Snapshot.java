package org.wasmservlet.status;

import java.time.Instant;
import java.util.List;
import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.ModuleCacheStatistics;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.measure.RouteRegistry;

/**
 * What a status page is made of.
 *
 * @param host the container's name for the virtual host
 * @param contextPath of the web application; empty for the root
 * @param at when it was taken
 * @param since since when requests are counted
 * @param routes all of the web application
 * @param cache the modules that are loaded
 * @param memoryReserved bytes that running programs have
 * @param memoryLimit bytes that they may have
 * @param memoryGuaranteed bytes of these that each route can count on
 * @param heapUsed bytes
 * @param heapLimit bytes
 */
record Snapshot(
    String host,
    String contextPath,
    Instant at,
    Instant since,
    List<RouteMetrics> routes,
    ModuleCacheStatistics cache,
    long memoryReserved,
    long memoryLimit,
    long memoryGuaranteed,
    long heapUsed,
    long heapLimit) {

  static Snapshot take(String host, String contextPath, RouteRegistry registry) {
    Runtime runtime = Runtime.getRuntime();
    return new Snapshot(
        host,
        contextPath,
        Instant.now(),
        registry.since(),
        registry.routes(),
        ModuleCache.shared().statistics(),
        MemoryBudget.shared().reserved(),
        MemoryBudget.shared().limit(),
        MemoryBudget.shared().guaranteed(),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory());
  }
}
