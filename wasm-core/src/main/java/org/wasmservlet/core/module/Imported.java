package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wasmservlet.core.wasi.WasiHost;

/**
 * An import of a module.
 *
 * @param module the beginning of the name of what it is imported from
 * @param name the beginning of its own
 * @param isFunction whether it is a function
 * @param isProvided whether a guest is given it
 * @param note what there is to say where it is not provided; empty for nothing
 */
record Imported(String module, String name, boolean isFunction, boolean isProvided, String note) {

  /** All imports of a module, in their order. */
  static List<Imported> of(WasmModule module) {
    List<Imported> all = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      all.add(of(module, module.importSection().getImport(i)));
    }
    return all;
  }

  private static Imported of(WasmModule module, Import wanted) {
    boolean isFunction = wanted.importType() == ExternalType.FUNCTION;
    FunctionType type = isFunction ? WasiHost.functionType(wanted.module(), wanted.name()) : null;
    boolean isProvided =
        type != null
            && type.equals(module.typeSection().getType(((FunctionImport) wanted).typeIndex()));
    String note = "";
    if (!isFunction) {
      note = " (" + wanted.importType().name().toLowerCase(Locale.ROOT) + ")";
    } else if (type != null && !isProvided) {
      note = " (with another type)";
    }
    return new Imported(
        ModuleText.name(wanted.module()),
        ModuleText.name(wanted.name()),
        isFunction,
        isProvided,
        note);
  }

  @Override
  public String toString() {
    return module + "." + name + note;
  }
}
