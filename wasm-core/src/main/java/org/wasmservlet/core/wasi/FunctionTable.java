package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every function that a guest can import, by module and name. */
final class FunctionTable {
  private static final Map<Abi, Map<String, WasiFunction>> FUNCTIONS = functions();

  private FunctionTable() {}

  /** A function's type, or null if there is no such function. */
  static FunctionType type(String module, String name) {
    Abi abi = abi(module);
    if (abi == null) {
      return null;
    }
    if (name.equals(ExitFunction.NAME)) {
      return ExitFunction.TYPE;
    }
    WasiFunction function = FUNCTIONS.get(abi).get(name);
    return function == null ? null : function.type();
  }

  /** A function for one run. */
  static HostFunction bind(String module, String name, WasiContext context) {
    return name.equals(ExitFunction.NAME)
        ? ExitFunction.bind(module)
        : FUNCTIONS.get(abi(module)).get(name).bind(module, context);
  }

  /** The functions of a version, but for the one that does not return. */
  static Map<String, WasiFunction> of(Abi abi) {
    return FUNCTIONS.get(abi);
  }

  private static Abi abi(String module) {
    for (Abi abi : FUNCTIONS.keySet()) {
      if (abi.module().equals(module)) {
        return abi;
      }
    }
    return null;
  }

  private static Map<Abi, Map<String, WasiFunction>> functions() {
    Map<Abi, Map<String, WasiFunction>> functions = new EnumMap<>(Abi.class);
    for (Abi abi : Abi.values()) {
      List<WasiFunction> all = new ArrayList<>(ProgramFunctions.all());
      all.addAll(DescriptorFunctions.all(abi));
      all.addAll(TransferFunctions.all());
      all.addAll(PathFunctions.all(abi));
      all.addAll(SocketFunctions.all());
      if (abi == Abi.PREVIEW_1) {
        all.add(SocketFunctions.accept());
      }
      all.add(Poll.function(abi));
      Map<String, WasiFunction> byName = new HashMap<>();
      all.forEach(function -> byName.put(function.name(), function));
      functions.put(abi, Map.copyOf(byName));
    }
    return functions;
  }
}
