package org.wasmservlet.metrics;

/**
 * The memory of all running programs together: {@code
 * org.wasmservlet:type=MemoryBudget,host=…,context=…}. It is the library's, as the modules are
 * ({@link ModuleCacheMXBean}).
 */
public interface MemoryBudgetMXBean {
  /**
   * What there may be (wasmMemoryBudget).
   *
   * @return bytes
   */
  long getLimit();

  /**
   * What there is.
   *
   * @return bytes of linear memories and tables
   */
  long getReserved();
}
