package org.wasmservlet.test.hostile;

import java.nio.file.Path;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/**
 * A program of its own, for its heap or its disk is small: a container that serves a guest which
 * fills them, twice, and a good one after it.
 */
final class OwnJvm {
  private OwnJvm() {}

  /** Arguments: which container, and the guest's directory. */
  public static void main(String[] arguments) throws Exception {
    TestServer server = Container.valueOf(arguments[0]).startOwn();
    WebApp webApp =
        new WebApp()
            .probe()
            .file("WEB-INF/cunning.wasm", Guests.cunning())
            .file("WEB-INF/double.wasm", Guests.core("double"))
            .descriptor(
                "<context-param><param-name>wasmMemoryBudget</param-name>"
                    + "<param-value>100GB</param-value></context-param>")
            .servlet(
                "fill", "/fill",
                "WasmModule", "WEB-INF/cunning.wasm",
                "WasmEnableCGI", "On",
                "WasmMapDir", "/ " + Path.of(arguments[1]).toRealPath(),
                "WasmMaxWritten", "1GB")
            .servlet("grow", "/grow", "WasmModule", "WEB-INF/double.wasm", "WasmMemoryLimit", "2GB")
            .servlet("good", "/good", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On");
    webApp.complete();
    try (LogCapture log = new LogCapture()) {
      server.deploy(webApp.contextPath(), webApp.directory(), true);
      for (int i = 0; i < 2; i++) {
        for (String target : new String[] {"/fill?fill", "/grow", "/good?bytes&5"}) {
          var response = RawHttp.get(server.port(), webApp.contextPath() + target);
          // The guest that grows exits with the number of pages it got, which is in the log.
          print(
              target
                  + " "
                  + response.status()
                  + " "
                  + (target.equals("/grow") ? "" : response.body()));
        }
      }
      log.messages().forEach(message -> print("log: " + message));
    }
    // Whatever the container still has running.
    System.exit(0);
  }

  private static void print(String line) {
    System.out.println(line.strip());
  }
}
