package org.wasmservlet.boot.properties;

import java.util.List;
import java.util.stream.Collectors;

/** The application cannot start as it is configured. The message names every fault. Immutable. */
public final class UnusablePropertyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<PropertyFault> faults;

  /**
   * Makes an exception.
   *
   * @param faults one or more
   */
  public UnusablePropertyException(List<PropertyFault> faults) {
    super(faults.stream().map(PropertyFault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /**
   * What is wrong.
   *
   * @return one or more; null in a copy that has been serialized
   */
  public List<PropertyFault> faults() {
    return faults;
  }
}
