package org.wasmservlet.boot.properties;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.wasmservlet.WasmServlet;
import org.wasmservlet.admission.TotalMemory;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.Directives;

/** Writes what counts for all routes as context-params. For one thread. */
final class ContextParams {
  private static final String FILE = "file:";
  private static final String OFF = "Off";

  private final WasmProperties properties;
  private final PropertyOrigins origins;
  private final List<PropertyFault> faults = new ArrayList<>();

  ContextParams(WasmProperties properties, PropertyOrigins origins) {
    this.properties = properties;
    this.origins = origins;
  }

  Map<String, String> read(Path cacheFolder) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(WasmServlet.CACHE_DIR, folder(properties.getCacheDir(), cacheFolder));
    putSize(params, WasmServlet.CACHE_SIZE, "wasm.cache-size", properties.getCacheSize());
    putSize(params, TotalMemory.PARAMETER, "wasm.memory-budget", properties.getMemoryBudget());
    if (!faults.isEmpty()) {
      throw new UnusablePropertyException(faults);
    }
    return params;
  }

  private void putSize(Map<String, String> params, String param, String property, String size) {
    if (size == null) {
      return;
    }
    try {
      Directives.parseBytes(size);
      params.put(param, size);
    } catch (IllegalArgumentException e) {
      faults.add(origins.fault(ConfigurationPropertyName.of(property), e.getMessage()));
    }
  }

  /** Relative to the working directory, as paths in properties are. */
  private String folder(String written, Path otherwise) {
    String name = written == null ? otherwise.toString() : written;
    if (DirectiveValue.of(Directive.CACHE_DIR, name).equalsIgnoreCase(OFF)) {
      return OFF;
    }
    try {
      return DirectiveValue.of(
          Directive.CACHE_DIR,
          '"'
              + Path.of(name.startsWith(FILE) ? name.substring(FILE.length()) : name)
                  .toAbsolutePath()
                  .toString()
              + '"');
    } catch (InvalidPathException e) {
      faults.add(
          origins.fault(
              ConfigurationPropertyName.of("wasm.cache-dir"), "not a path: " + e.getReason()));
      return OFF;
    }
  }
}
