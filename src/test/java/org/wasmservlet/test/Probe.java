package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.WebApp;

/** The probe, deployed once on each container, for the tests of CGI. */
final class Probe {
  /** The servlet path that the probe is mapped to as a prefix. */
  static final String PATH = "/probe";

  private static final Map<List<Object>, WebApp.Deployed> DEPLOYED = new ConcurrentHashMap<>();

  private Probe() {}

  static WebApp.Deployed on(Container container) throws Exception {
    return on(container, "cgi", "Off");
  }

  /** The probe behind a gateway, as WasmGateway names it, frozen as WasmFreeze says. */
  static WebApp.Deployed on(Container container, String gateway, String freeze) throws Exception {
    synchronized (container) {
      List<Object> key = List.of(container, gateway, freeze);
      WebApp.Deployed deployed = DEPLOYED.get(key);
      if (deployed == null) {
        List<String> parameters =
            new ArrayList<>(
                List.of(
                    "WasmModule",
                    "WEB-INF/probe.wasm",
                    "WasmEnableCGI",
                    "On",
                    "WasmGateway",
                    gateway,
                    "WasmFreeze",
                    freeze));
        if (!freeze.equals("Off")) {
          // So that no test passes with a program that was not frozen.
          parameters.addAll(List.of("WasmUnfrozen", "Refuse"));
        }
        deployed =
            new WebApp()
                .probe()
                .servlet("probe", PATH + "/*", parameters.toArray(String[]::new))
                .file("static.txt", "a static file")
                .deploy(container.server());
        DEPLOYED.put(key, deployed);
      }
      return deployed;
    }
  }

  /** The request target of a command to the probe. */
  static String target(WebApp.Deployed app, String command, Object... arguments) {
    return app.contextPath() + PATH + "?" + query(command, arguments);
  }

  /** A request to the probe whose body does not come, but for its beginning. */
  static String cutRequest(WebApp.Deployed app, String command) {
    return "POST "
        + target(app, command)
        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this";
  }

  static String query(String command, Object... arguments) {
    StringBuilder query = new StringBuilder(command);
    for (Object argument : arguments) {
      query.append('&');
      for (byte b : argument.toString().getBytes(UTF_8)) {
        char c = (char) (b & 0xff);
        // Letters too: an error page that repeats the URI must not seem to repeat the output.
        boolean plain = c >= '0' && c <= '9';
        query.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
      }
    }
    return query.toString();
  }
}
