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

/** Compares what a module imports with what a guest is given, before any request does. */
final class ProvidedImports {
  private static final int NAMED_AT_MOST = 8;

  private ProvidedImports() {}

  /**
   * Looks for imports that cannot be satisfied.
   *
   * @param trapsUnknownImports whether functions do not count: to call one is a trap
   * @return the imports that are missing, in words, or null if there is none
   */
  static String describeMissing(WasmModule module, boolean trapsUnknownImports) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import wanted = module.importSection().getImport(i);
      String name = ModuleText.name(wanted.module()) + "." + ModuleText.name(wanted.name());
      if (wanted.importType() != ExternalType.FUNCTION) {
        missing.add(name + " (" + wanted.importType().name().toLowerCase(Locale.ROOT) + ")");
        continue;
      }
      if (trapsUnknownImports) {
        continue;
      }
      FunctionType type = WasiHost.functionType(wanted.module(), wanted.name());
      if (type == null) {
        missing.add(name);
      } else if (!type.equals(
          module.typeSection().getType(((FunctionImport) wanted).typeIndex()))) {
        missing.add(name + " (with another type)");
      }
    }
    if (missing.isEmpty()) {
      return null;
    }
    int more = missing.size() - NAMED_AT_MOST;
    return "imports what is not provided: "
        + String.join(", ", missing.subList(0, Math.min(missing.size(), NAMED_AT_MOST)))
        + (more > 0 ? " and " + more + " more" : "")
        + "; guests are given the functions of wasi_snapshot_preview1 and wasi_unstable";
  }
}
