package org.wasmservlet.compiler;

/** A module uses a feature that is not compiled; Chicory itself may be able to run it. */
public final class UnsupportedFeatureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is not compiled. */
  private final String feature;

  UnsupportedFeatureException(String feature) {
    super("not compiled: " + feature);
    this.feature = feature;
  }

  /**
   * The feature's name as the WebAssembly proposals have it.
   *
   * @return never null
   */
  public String feature() {
    return feature;
  }
}
