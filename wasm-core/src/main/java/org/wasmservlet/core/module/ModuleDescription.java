package org.wasmservlet.core.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasmservlet.compiler.ModuleFeatures;

/** What a module says of itself, in lines of text. */
public final class ModuleDescription {
  private static final String START = "_start";
  private static final String INITIALIZE = "_initialize";
  private static final int NAMED_AT_MOST = 60;

  private final ModuleBinary binary;
  private final ModuleFeatures features;
  private final List<String> lines = new ArrayList<>();

  private ModuleDescription(ModuleBinary binary) {
    this.binary = binary;
    this.features = ModuleFeatures.of(binary.bytes());
  }

  /**
   * Describes a module that need not be one that can be run.
   *
   * @param binary its bytes
   * @return what could be read of it, a line each
   */
  public static List<String> of(ModuleBinary binary) {
    ModuleDescription description = new ModuleDescription(binary);
    try {
      description.describe(ModuleReading.withoutCode(binary.bytes()).outline());
    } catch (IOException e) {
      // Whoever loads it is told why.
      description.size("no valid module");
      description.features(null);
    }
    return List.copyOf(description.lines);
  }

  private void describe(WasmModule module) {
    List<String> exports = new ArrayList<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      exports.add(module.exportSection().getExport(i).name());
    }
    size(
        exports.contains(START)
            ? "a WASI command"
            : exports.contains(INITIALIZE)
                ? "a WASI reactor"
                : "no WASI program: it has no _start");
    imports(Imported.of(module));
    exports(module);
    memory(module);
    features(FunctionNames.of(module));
  }

  private void size(String kind) {
    lines.add(
        kind + ", " + binary.bytes().length + " bytes, " + features.functions() + " functions");
  }

  private void imports(List<Imported> imports) {
    if (imports.isEmpty()) {
      lines.add("imports: none");
    }
    Map<String, List<String>> provided = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Imported each : imports) {
      if (each.isProvided()) {
        provided.computeIfAbsent(each.module(), key -> new ArrayList<>()).add(each.name());
      } else {
        missing.add(each.toString());
      }
    }
    provided.forEach(
        (from, names) -> lines.add("imports of " + from + ", provided: " + list(names)));
    if (!missing.isEmpty()) {
      boolean canTrap = imports.stream().allMatch(i -> i.isProvided() || i.isFunction());
      lines.add(
          "imports, not provided: "
              + list(missing)
              + (canTrap ? "; WasmUnknownImports Trap runs it until it calls one" : ""));
    }
  }

  private void exports(WasmModule module) {
    List<String> exports = new ArrayList<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      String name = ModuleText.name(export.name());
      exports.add(
          export.exportType() == ExternalType.FUNCTION
              ? name
              : name + " (" + export.exportType().name().toLowerCase(Locale.ROOT) + ")");
    }
    lines.add("exports: " + (exports.isEmpty() ? "none" : list(exports)));
  }

  private void memory(WasmModule module) {
    lines.add("memories and tables, at first: " + CompiledModule.initialMemory(module) + " bytes");
  }

  private void features(FunctionNames names) {
    lines.add(
        "uses, besides WebAssembly 1.0: "
            + (features.names().isEmpty() ? "nothing" : String.join(", ", features.names())));
    int largest = features.largestFunction();
    if (largest >= 0) {
      lines.add(
          "largest function: "
              + (names == null ? "func[" + largest + "]" : names.describe(largest))
              + ", "
              + features.largestBytes()
              + " bytes");
    }
  }

  private static String list(List<String> names) {
    int more = names.size() - NAMED_AT_MOST;
    return String.join(", ", names.subList(0, Math.min(names.size(), NAMED_AT_MOST)))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
