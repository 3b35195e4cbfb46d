package org.wasmservlet.jmx;

import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.metrics.ModuleCacheMXBean;

final class ModuleCacheBean implements ModuleCacheMXBean {
  private final ModuleCache cache;

  ModuleCacheBean(ModuleCache cache) {
    this.cache = cache;
  }

  @Override
  public int getModules() {
    return cache.statistics().modules().size();
  }

  @Override
  public long getBytes() {
    return cache.statistics().bytes();
  }

  @Override
  public long getLoads() {
    return cache.statistics().loads();
  }

  @Override
  public long getPreparedLoads() {
    return cache.statistics().prepared();
  }

  @Override
  public long getLoadFailures() {
    return cache.statistics().failures();
  }

  @Override
  public long getLoadTimeMillis() {
    return cache.statistics().loadTime().toMillis();
  }

  @Override
  public long getHits() {
    return cache.statistics().hits();
  }
}
