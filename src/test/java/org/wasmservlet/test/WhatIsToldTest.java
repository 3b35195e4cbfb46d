package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.LongNames;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/**
 * What a module or a client writes reaches log and status page short, and with nothing invisible.
 */
class WhatIsToldTest {
  /** Turns the rest of a line around, clears the screen and begins another line. */
  private static final String ODD = "\u202e\u2066\u200b\ufeff\u001b[2J\nfunc\r\u0085";

  @OnEveryContainer
  void tellsOfAFunctionOfAnyName(Container container) throws Exception {
    String name = ODD + "x".repeat(4_000_000);
    try (WebApp.Deployed app =
            new WebApp()
                .file("WEB-INF/recursive.wasm", LongNames.recursive(name))
                .servlet("r", "/r", "WasmModule", "WEB-INF/recursive.wasm", "WasmEnableCGI", "On")
                .descriptor(
                    "<servlet><servlet-name>status</servlet-name>"
                        + "<servlet-class>org.wasmservlet.WasmStatusServlet</servlet-class>"
                        + "</servlet><servlet-mapping><servlet-name>status</servlet-name>"
                        + "<url-pattern>/status/*</url-pattern></servlet-mapping>")
                .deploy(container.server());
        LogCapture log = new LogCapture()) {
      for (int i = 0; i < 10; i++) {
        assertThat(RawHttp.get(app.port(), app.contextPath() + "/r").status()).isEqualTo(500);
      }
      assertThat(log.messages()).hasSize(10);
      for (String message : log.messages()) {
        assertThat(message)
            .contains("call stack exhausted", "\\u202e\\u2066\\u200b\\ufeff\\u001b[2J\\u000afunc")
            .hasSizeLessThan(20_000);
        assertThat(message.lines()).hasSizeLessThan(70);
        assertNothingInvisible(message.replace(System.lineSeparator(), ""));
      }
      String status = RawHttp.get(app.port(), app.contextPath() + "/status").body();
      assertThat(status).doesNotContain("\u202e").doesNotContain("x".repeat(200));
      String json =
          RawHttp.get(app.port(), app.contextPath() + "/status", "Accept: application/json").body();
      assertThat(json).doesNotContain("\u202e").doesNotContain("x".repeat(200));
    }
  }

  @OnEveryContainer
  void trapsAtImportsOfAnyName(Container container) throws Exception {
    WebApp webApp =
        new WebApp()
            .file(
                "WEB-INF/importing.wasm",
                LongNames.importing(ODD + "m".repeat(1_000_000), "f".repeat(1_000_000)))
            .servlet(
                "i", "/i", "WasmModule", "WEB-INF/importing.wasm", "WasmUnknownImports", "Trap");
    try (LogCapture log = new LogCapture()) {
      try (WebApp.Deployed app = webApp.deploy(container.server())) {
        assertThat(RawHttp.get(app.port(), app.contextPath() + "/i").status()).isEqualTo(500);
      }
      assertThat(log.messages())
          .anyMatch(m -> m.contains("the import ") && m.contains("is not provided"));
      for (String message : log.messages()) {
        assertThat(message).hasSizeLessThan(6_000).doesNotContain("\u202e");
      }
    }
  }

  @OnEveryContainer
  void refusesImportsOfAnyName(Container container) throws Exception {
    WebApp webApp =
        new WebApp()
            .file(
                "WEB-INF/importing.wasm",
                LongNames.importing(ODD + "m".repeat(1_000_000), "f".repeat(1_000_000)))
            .servlet("i", "/i", "WasmModule", "WEB-INF/importing.wasm");
    try (ContainerLog container1 = new ContainerLog();
        LogCapture log = new LogCapture()) {
      assertThatCode(
              () -> {
                try (WebApp.Deployed app = webApp.deploy(container.server())) {
                  assertThat(RawHttp.get(app.port(), app.contextPath() + "/i").status())
                      .isEqualTo(container.statusOfUnavailableServlet());
                }
              })
          .doesNotThrowAnyException();
      assertThat(log.messages()).anyMatch(m -> m.contains("imports what is not provided"));
      for (String message : log.messages()) {
        assertThat(message).hasSizeLessThan(6_000);
      }
      assertThat(container1.text()).hasSizeLessThan(200_000).doesNotContain("\u202e");
    }
  }

  @OnEveryContainer
  void tellsOfAHeaderOfAnyName(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    try (LogCapture log = new LogCapture()) {
      String name = "n".repeat(1000);
      RawHttp.get(app.port(), Probe.target(app, "raw", name + ": a\u0001\n\n"));
      assertThat(log.messages())
          .anyMatch(m -> m.contains("control characters in a field"))
          .allMatch(m -> m.length() < 600);
    }
  }

  private static void assertNothingInvisible(String text) {
    assertThat(text.codePoints().filter(c -> c != '\t'))
        .allMatch(
            c ->
                Character.getType(c) != Character.CONTROL
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.LINE_SEPARATOR);
  }
}
