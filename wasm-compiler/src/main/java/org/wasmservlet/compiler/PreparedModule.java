package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.WasmModule;

/**
 * A module that was compiled at another time, perhaps by another process. Immutable, safe for use
 * by several threads.
 */
public final class PreparedModule {
  private final CompiledCode code;
  private final WasmModule module;

  PreparedModule(CompiledCode code, WasmModule module) {
    this.code = code;
    this.module = module;
  }

  /**
   * The compiled code. It reads a class out of the stored bytes when the class is first used.
   *
   * @return never null
   */
  public CompiledCode code() {
    return code;
  }

  /**
   * What the module says of itself: imports, exports, types and the names of its functions.
   *
   * @return without code; instances are made by {@link CompiledCode#builder()}
   */
  public WasmModule module() {
    return module;
  }
}
