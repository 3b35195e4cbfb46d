package org.wasmservlet.compiler.ir;

/** A module uses a feature that is not compiled. */
public final class NotCompiledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is not compiled. */
  public final String feature;

  public NotCompiledException(String feature) {
    super("not compiled: " + feature, null, false, false);
    this.feature = feature;
  }
}
