package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Asynchronous servlets and filters of a web application, behind ours and before ours. */
@Timeout(60)
class AsynchronyTest {
  private static final String SOURCE = "the source of a program";

  private static final String SERVLET =
      """
      <servlet>
        <servlet-name>async</servlet-name>
        <servlet-class>org.wasmservlet.test.AsynchronousServlet</servlet-class>
        <async-supported>true</async-supported>
      </servlet>
      <servlet-mapping>
        <servlet-name>async</servlet-name>
        <url-pattern>/async/*</url-pattern>
      </servlet-mapping>
      """;

  private static final String APPENDING_FILTER =
      """
      <filter>
        <filter-name>appending</filter-name>
        <filter-class>org.wasmservlet.test.AppendingFilter</filter-class>
        <async-supported>true</async-supported>
      </filter>
      <filter-mapping>
        <filter-name>appending</filter-name>
        <url-pattern>/*</url-pattern>
      </filter-mapping>
      """;

  @OnEveryContainer
  void servesAnAsynchronousServletBehindAFilter(Container container) throws Exception {
    try (WebApp.Deployed app = filtered().deploy(container.server())) {
      assertThat(get(app, "/async").body()).isEqualTo(AsynchronousServlet.ANSWER);
      assertThat(get(app, "/sub/page.php?env").variable("SCRIPT_NAME"))
          .isEqualTo(app.contextPath() + "/sub/page.php");
    }
  }

  @OnEveryContainer
  void servesItBehindAFilterThatIsDeclaredByHand(Container container) throws Exception {
    try (WebApp.Deployed app =
        filtered()
            .descriptor(
                """
                <filter>
                  <filter-name>second</filter-name>
                  <filter-class>org.wasmservlet.WasmFilter</filter-class>
                  <async-supported>true</async-supported>
                  <init-param><param-name>WasmModule</param-name>
                    <param-value>WEB-INF/probe.wasm</param-value></init-param>
                  <init-param><param-name>WasmEnableCGI</param-name>
                    <param-value>On</param-value></init-param>
                  <init-param><param-name>WasmHandler</param-name>
                    <param-value>.cgi</param-value></init-param>
                </filter>
                <filter-mapping>
                  <filter-name>second</filter-name>
                  <url-pattern>/*</url-pattern>
                  <dispatcher>REQUEST</dispatcher>
                  <dispatcher>FORWARD</dispatcher>
                  <dispatcher>ASYNC</dispatcher>
                  <dispatcher>ERROR</dispatcher>
                </filter-mapping>
                """)
            .deploy(container.server())) {
      assertThat(get(app, "/async").body()).isEqualTo(AsynchronousServlet.ANSWER);
      assertThat(get(app, "/async?dispatch=/sub/page.php%3Fenv").variable("SCRIPT_NAME"))
          .isEqualTo(app.contextPath() + "/sub/page.php");
    }
  }

  @OnEveryContainer
  void runsAProgramThatARequestIsDispatchedToAndDoesNotShowIt(Container container)
      throws Exception {
    try (WebApp.Deployed app = filtered().deploy(container.server())) {
      RawResponse page = get(app, "/async?dispatch=/sub/page.php/a%3Fenv");
      assertThat(page.body()).doesNotContain(SOURCE);
      assertThat(page.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/sub/page.php");
      assertThat(page.variable("PATH_INFO")).isEqualTo("/a");
      assertThat(page.variable("QUERY_STRING")).isEqualTo("env");
      assertThat(get(app, "/async?dispatch=/style.css").body()).isEqualTo("body {}");
      assertThat(get(app, "/async?dispatch=/.env").status()).isEqualTo(404);
    }
  }

  @OnEveryContainer
  void letsAFilterBeforeAServletBeAsynchronous(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .descriptor(APPENDING_FILTER)
            .file("WEB-INF/hello.wasm", Guests.core("hello"))
            .file(
                "WEB-INF/wasm.conf",
                "<Location /conf>\nSetHandler wasm-handler\nWasmModule WEB-INF/hello.wasm\n"
                    + "</Location>\n")
            .servlet("xml", "/xml", "WasmModule", "WEB-INF/hello.wasm")
            .deploy(container.server())) {
      for (String path : new String[] {"/conf", "/xml"}) {
        assertThat(get(app, path).body()).isEqualTo("hello\n" + AsynchronousServlet.ANSWER);
      }
    }
  }

  private static WebApp filtered() {
    return new WebApp()
        .probe()
        .descriptor(SERVLET)
        .file("sub/page.php", SOURCE)
        .file("style.css", "body {}")
        .file(".env", SOURCE)
        .filter(
            "site",
            "/*",
            "WasmModule",
            "WEB-INF/probe.wasm",
            "WasmEnableCGI",
            "On",
            "WasmHandler",
            ".php");
  }

  private static RawResponse get(WebApp.Deployed app, String path) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + path);
  }
}
