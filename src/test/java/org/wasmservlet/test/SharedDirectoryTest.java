package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** A directory that is made for the requests of a web application: {@code tmp:} with a name. */
class SharedDirectoryTest {
  @OnEveryContainer
  void isThatOfAllRequestsOfTheWebApplicationAndOfNoOther(Container container) throws Exception {
    try (WebApp.Deployed app = deploy(container);
        WebApp.Deployed other = deploy(container)) {
      // It tries to make the file, and leaves it under another name.
      assertThat(body(app, "/one", "made")).contains("create made").contains("rename-from made");
      assertThat(body(app, "/two", "stolen")).startsWith("read stolen");
      assertThat(body(app, "/three", "stolen")).as("of another name").doesNotStartWith("read");
      assertThat(body(other, "/one", "stolen")).doesNotStartWith("read");
    }
  }

  @OnEveryContainer
  void hasAPlainName(Container container) throws Exception {
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app =
            new WebApp()
                .probe()
                .servlet("s", "/s", "WasmModule", "WEB-INF/probe.wasm", "WasmMapDir", "/a tmp:../a")
                .deploy(container.server())) {
      assertThat(log.text())
          .contains(
              "servlet 's': WasmMapDir '/a tmp:../a': '../a' is no name: letters, digits, - and _");
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/s").status())
          .isEqualTo(container.statusOfUnavailableServlet());
    }
  }

  private static WebApp.Deployed deploy(Container container) throws Exception {
    WebApp webApp = new WebApp().file("WEB-INF/hostile.wasm", Guests.hostile());
    for (String[] route :
        new String[][] {{"one", "tmp:sessions"}, {"two", "tmp:sessions"}, {"three", "tmp:other"}}) {
      webApp.servlet(
          route[0],
          "/" + route[0],
          "WasmModule",
          "WEB-INF/hostile.wasm",
          "WasmEnableCGI",
          "On",
          "WasmMapDir",
          "/ " + route[1]);
    }
    return webApp.deploy(container.server());
  }

  private static String body(WebApp.Deployed app, String servlet, String file) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + servlet + "?paths&" + file).body();
  }
}
