package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.WasmModule;
import java.util.List;

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
    List<String> missing =
        Imported.of(module).stream()
            .filter(wanted -> !wanted.isProvided())
            .filter(wanted -> !(wanted.isFunction() && trapsUnknownImports))
            .map(Imported::toString)
            .toList();
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
