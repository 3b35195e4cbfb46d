package org.wasmservlet.core.wasi;

/** Placeholder. */
final class HostClasses {
  private HostClasses() {}

  static void initialise() {}
}
