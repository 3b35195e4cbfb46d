package org.wasmservlet.boot.actuate;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.wasmservlet.measure.RouteIdentity;

/** Tells which programs are behind which URL patterns. Thread-safe. */
final class WasmInfoContributor implements InfoContributor {
  private final Routes routes;

  WasmInfoContributor(Routes routes) {
    this.routes = routes;
  }

  @Override
  public void contribute(Info.Builder builder) {
    List<Map<String, Object>> told =
        routes.identities().stream().map(WasmInfoContributor::told).toList();
    builder.withDetail("wasm", Map.of("routes", told));
  }

  private static Map<String, Object> told(RouteIdentity route) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", route.name());
    told.put("kind", route.kind());
    told.put("patterns", route.patterns());
    told.put("module", label(route.module().name()));
    return told;
  }

  /** Where a file is, is nobody's business who may see info. */
  private static String label(String module) {
    boolean isReference = module.contains("://");
    return isReference ? module : module.substring(module.lastIndexOf(File.separatorChar) + 1);
  }
}
