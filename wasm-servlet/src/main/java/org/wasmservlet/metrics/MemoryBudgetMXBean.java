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
   * What each route can count on, whatever others take.
   *
   * @return bytes
   */
  long getGuaranteed();

  /**
   * What there is.
   *
   * @return bytes of linear memories and tables, those that programs which have just begun are
   *     expected to come to included
   */
  long getReserved();
}
