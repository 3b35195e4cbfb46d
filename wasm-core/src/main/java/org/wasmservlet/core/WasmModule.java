package org.wasmservlet.core;

/** A loaded module. */
public final class WasmModule {
  private WasmModule() {}
}
