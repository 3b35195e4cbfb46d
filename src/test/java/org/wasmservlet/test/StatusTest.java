package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** The status page is there where it is mapped, and tells nothing that it must not. */
class StatusTest {
  /** What a status servlet is in web.xml. */
  static final String DESCRIPTOR =
      "<servlet><servlet-name>status</servlet-name>"
          + "<servlet-class>org.wasmservlet.WasmStatusServlet</servlet-class></servlet>"
          + "<servlet-mapping><servlet-name>status</servlet-name>"
          + "<url-pattern>/status</url-pattern></servlet-mapping>";

  private static final String NAME = "<b>\"&'";

  @OnEveryContainer
  void showsRoutesModulesAndFailuresAndNoSecrets(Container container) throws Exception {
    try (WebApp.Deployed app = deploy(container)) {
      RawHttp.get(
          app.port(),
          app.contextPath() + "/probe/%3Cscript%3E;jsessionid=hunter2?" + Probe.query("exit", 3),
          "Authorization: Basic aHVudGVyMg==",
          "Cookie: hunter2=hunter2");
      RawHttp.get(
          app.port(), app.contextPath() + "/probe/?" + Probe.query("raw", "hunter2=hunter2\n\n"));
      RawResponse page = awaitFailures(app, "");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
      assertThat(page.header("Cache-Control")).isEqualTo("no-store");
      assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(page.header("Content-Security-Policy"))
          .startsWith("default-src 'none'; style-src 'sha256-")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain("http-equiv");
      assertThat(page.body())
          .contains("<code>/probe/*</code>")
          .contains("servlet app&lt;b&gt;&quot;&amp;&#39; runs <code>&lt;i&gt;.wasm</code>")
          .contains("exit code 3")
          .contains("malformed CGI response: not a header field</td>")
          .contains("GET " + app.contextPath() + "/probe/%3Cscript%3E</code>")
          .doesNotContain("hunter2")
          .doesNotContain("aHVudGVyMg")
          .doesNotContain("<b>\"")
          .doesNotContain("<i>");
      RawResponse json = awaitFailures(app, "?format=json");
      assertThat(json.header("Content-Type")).startsWith("application/json");
      assertThat(json.header("Cache-Control")).isEqualTo("no-store");
      assertThat(json.body())
          .startsWith("{\"host\":")
          .contains("\"name\":\"app\\u003cb>\\\"&'\"")
          .contains("\"patterns\":[\"/probe/*\"]")
          .contains("\"exit\":1")
          .contains("\"outcome\":\"bad_response\"")
          .doesNotContain("hunter2");
    }
  }

  @OnEveryContainer
  void answersInTheFormThatIsAskedFor(Container container) throws Exception {
    try (WebApp.Deployed app = deploy(container)) {
      String status = app.contextPath() + "/status";
      assertThat(RawHttp.get(app.port(), status, "Accept: application/json").body())
          .startsWith("{");
      assertThat(
              RawHttp.get(app.port(), status, "Accept: text/html, application/json;q=0.9").body())
          .startsWith("<!DOCTYPE html>");
      assertThat(
              RawHttp.get(app.port(), status + "?format=html", "Accept: application/json").body())
          .startsWith("<!DOCTYPE html>");
      assertThat(RawHttp.get(app.port(), status + "?format=xml").status()).isEqualTo(400);
      assertThat(RawHttp.get(app.port(), status + "?refresh=5").body())
          .contains("<meta http-equiv=\"refresh\" content=\"5\">");
      for (String nonsense : new String[] {"0", "-1", "1e3", "99999", "5;url=x", "%0A"}) {
        assertThat(RawHttp.get(app.port(), status + "?refresh=" + nonsense).body())
            .doesNotContain("http-equiv");
      }
      RawResponse head = RawHttp.exchange(app.port(), "HEAD", status, null);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(RawHttp.post(app.port(), status, new byte[1]).status()).isEqualTo(405);
    }
  }

  @OnEveryContainer
  void isNotThereUnlessItIsMapped(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    assertThat(RawHttp.get(app.port(), app.contextPath() + "/status").status()).isEqualTo(404);
  }

  @OnEveryContainer
  void showsTheRoutesOfOtherWebApplicationsWhereItIsToldTo(Container container) throws Exception {
    String server =
        DESCRIPTOR.replace(
            "</servlet-class>",
            "</servlet-class><init-param><param-name>WasmStatusScope</param-name>"
                + "<param-value>server</param-value></init-param>");
    try (WebApp.Deployed other = deploy(container);
        WebApp.Deployed all = new WebApp().descriptor(server).deploy(container.server())) {
      RawHttp.get(other.port(), other.contextPath() + "/probe/?" + Probe.query("exit", 3));
      RawHttp.get(
          other.port(), other.contextPath() + "/probe/?" + Probe.query("raw", "no header\n\n"));
      awaitFailures(other, "");
      RawResponse page = RawHttp.get(all.port(), all.contextPath() + "/status");
      assertThat(page.body())
          .contains(">Routes of <code>" + other.contextPath() + "</code>")
          .contains("servlet app&lt;b&gt;&quot;&amp;&#39; runs <code>&lt;i&gt;.wasm</code>")
          .contains(">" + other.contextPath() + " app&lt;b&gt;&quot;&amp;&#39;</td>")
          .contains("exit code 3")
          .doesNotContain("<i>");
      RawResponse json = RawHttp.get(all.port(), all.contextPath() + "/status?format=json");
      assertThat(json.body())
          .contains("\"scope\":\"server\"")
          .contains("\"context\":\"" + other.contextPath() + "\",\"kind\":\"servlet\"")
          .contains("\"outcome\":\"bad_response\"");
    }
  }

  @OnEveryContainer
  void showsNothingOfOtherWebApplicationsUnlessItIsToldTo(Container container) throws Exception {
    try (WebApp.Deployed other = deploy(container);
        WebApp.Deployed own = new WebApp().descriptor(DESCRIPTOR).deploy(container.server())) {
      assertThat(RawHttp.get(own.port(), own.contextPath() + "/status").body())
          .contains("None has started.")
          .doesNotContain(other.contextPath() + "<")
          .doesNotContain("/probe/*");
      assertThat(RawHttp.get(own.port(), own.contextPath() + "/status?format=json").body())
          .contains("\"scope\":\"application\"")
          .contains("\"routes\":[]");
    }
  }

  @OnEveryContainer
  void namesAnInitParamThatCannotBeUsed(Container container) throws Exception {
    for (String[] wrong :
        new String[][] {
          {"WasmStatusScope", "everybody", "must be Application or Server"},
          {"WasmStatusScop", "Server", "no such parameter; did you mean WasmStatusScope?"}
        }) {
      String descriptor =
          DESCRIPTOR.replace(
              "</servlet-class>",
              "</servlet-class><init-param><param-name>"
                  + wrong[0]
                  + "</param-name><param-value>"
                  + wrong[1]
                  + "</param-value></init-param>");
      try (LogCapture log = new LogCapture();
          WebApp.Deployed app = new WebApp().descriptor(descriptor).deploy(container.server())) {
        RawHttp.get(app.port(), app.contextPath() + "/status");
        assertThat(log.messages())
            .contains("servlet 'status': " + wrong[0] + " '" + wrong[1] + "': " + wrong[2]);
      }
    }
  }

  /** Jetty wants a login service before it deploys this. */
  @Test
  void isKeptFromStrangersByWhatTheDocumentationSays() throws Exception {
    Matcher example =
        Pattern.compile("```xml\n([^`]*WasmStatusServlet[^`]*)```")
            .matcher(Files.readString(Path.of("../../docs/operating.md")));
    assertThat(example.find()).isTrue();
    try (WebApp.Deployed app =
        new WebApp().descriptor(example.group(1)).deploy(Container.TOMCAT_11.server())) {
      for (String query : new String[] {"", "?format=json"}) {
        RawResponse refused = RawHttp.get(app.port(), app.contextPath() + "/status" + query);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Basic ");
      }
    }
  }

  private static WebApp.Deployed deploy(Container container) throws Exception {
    return new WebApp()
        .file("WEB-INF/<i>.wasm", Guests.probe())
        .servlet(
            "app" + NAME.replace("&", "&amp;").replace("<", "&lt;"),
            "/probe/*",
            "WasmModule",
            "WEB-INF/<i>.wasm",
            "WasmEnableCGI",
            "On",
            "WasmEnv",
            "SECRET hunter2")
        .descriptor(DESCRIPTOR)
        .deploy(container.server());
  }

  /** Both failures are on the page a moment after their responses have gone out. */
  private static RawResponse awaitFailures(WebApp.Deployed app, String query) throws Exception {
    RawResponse page = null;
    for (int i = 0; i < 1000; i++) {
      page = RawHttp.get(app.port(), app.contextPath() + "/status" + query);
      if (page.body().contains("exit code 3") && page.body().contains("malformed CGI response")) {
        return page;
      }
    }
    throw new AssertionError(page.body());
  }
}
