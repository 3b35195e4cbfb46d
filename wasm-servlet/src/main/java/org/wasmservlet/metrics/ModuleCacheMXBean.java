package org.wasmservlet.metrics;

/**
 * The modules that are loaded: {@code org.wasmservlet:type=ModuleCache,host=…,context=…}. Web
 * applications that share the library, because the container has it in its own class loader, share
 * one cache, and each of their beans tells of the whole.
 *
 * <p>Counters count from the loading of the library on.
 */
public interface ModuleCacheMXBean {
  /**
   * Modules that are held; files of the same bytes are one.
   *
   * @return how many
   */
  int getModules();

  /**
   * How large they are.
   *
   * @return bytes of all together
   */
  long getBytes();

  /**
   * Loads that succeeded.
   *
   * @return how many
   */
  long getLoads();

  /**
   * Those of them that found a prepared module and compiled nothing.
   *
   * @return how many
   */
  long getPreparedLoads();

  /**
   * Loads that failed.
   *
   * @return how many
   */
  long getLoadFailures();

  /**
   * How long the loads that succeeded took.
   *
   * @return milliseconds of wall time of all together
   */
  long getLoadTimeMillis();

  /**
   * How often a module was asked for that was there.
   *
   * @return how many
   */
  long getHits();
}
