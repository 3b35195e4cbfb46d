package org.wasmservlet.test;

import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.WebApp;

/** A web application whose program is started once. */
final class FrozenApplication {
  private FrozenApplication() {}

  /** What answers at /app; it has read WEB-INF/app/version before its request. */
  static WebApp of(String gateway, String freeze, String... more) throws Exception {
    List<String> parameters =
        new ArrayList<>(
            List.of(
                "WasmModule", "WEB-INF/application.wasm",
                "WasmEnableCGI", "On",
                "WasmGateway", gateway,
                "WasmFreeze", freeze,
                "WasmMapDir", "/app WEB-INF/app ro\n/tmp tmp:"));
    parameters.addAll(List.of(more));
    return new WebApp()
        .file("WEB-INF/application.wasm", Guests.application())
        .file("WEB-INF/app/version", "1")
        .servlet("app", "/app", parameters.toArray(String[]::new));
  }
}
