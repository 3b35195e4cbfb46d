package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.NameCustomSection;

/** What functions are called in a backtrace. Immutable. */
public final class FunctionNames {
  private final NameCustomSection section;

  private FunctionNames(NameCustomSection section) {
    this.section = section;
  }

  static FunctionNames of(WasmModule module) {
    return new FunctionNames(module.nameSection());
  }

  /**
   * Names a function.
   *
   * @param index its index, imports counted
   * @return the beginning of its name in the name section and its index, or its index alone
   */
  public String describe(int index) {
    String name = section == null ? null : section.nameOfFunction(index);
    return name == null ? "func[" + index + "]" : ModuleText.name(name) + " (func[" + index + "])";
  }
}
