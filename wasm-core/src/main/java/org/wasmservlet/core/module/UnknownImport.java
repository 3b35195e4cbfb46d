package org.wasmservlet.core.module;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;

/** A function that a module imports and no program is given: to call it is a trap. */
public final class UnknownImport {
  private UnknownImport() {}

  /**
   * Makes the function.
   *
   * @param function what is imported
   * @param type of which type
   * @return what traps with its name
   */
  public static HostFunction bind(FunctionImport function, FunctionType type) {
    String name = ModuleText.name(function.module()) + "." + ModuleText.name(function.name());
    return new HostFunction(
        function.module(),
        function.name(),
        type,
        (instance, arguments) -> {
          throw new TrapException("the import " + name + " is not provided");
        });
  }
}
