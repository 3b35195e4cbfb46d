package org.wasmservlet.boot.actuate;

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
    told.put("module", route.module().file().getFileName().toString());
    return told;
  }
}
