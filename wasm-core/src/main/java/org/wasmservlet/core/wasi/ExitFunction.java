package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/** {@code proc_exit}, the one function that does not return. */
final class ExitFunction {
  static final String NAME = "proc_exit";

  static final FunctionType TYPE = FunctionType.of(List.of(ValType.I32), List.of());

  private ExitFunction() {}

  static HostFunction bind(String module) {
    return new HostFunction(
        module,
        NAME,
        TYPE,
        (instance, arguments) -> {
          throw new GuestExit((int) arguments[0]);
        });
  }
}
