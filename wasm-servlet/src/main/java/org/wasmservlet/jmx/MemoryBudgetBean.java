package org.wasmservlet.jmx;

import org.wasmservlet.core.MemoryBudget;
import org.wasmservlet.metrics.MemoryBudgetMXBean;

final class MemoryBudgetBean implements MemoryBudgetMXBean {
  private final MemoryBudget budget;

  MemoryBudgetBean(MemoryBudget budget) {
    this.budget = budget;
  }

  @Override
  public long getLimit() {
    return budget.limit();
  }

  @Override
  public long getGuaranteed() {
    return budget.guaranteed();
  }

  @Override
  public long getReserved() {
    return budget.reserved();
  }
}
