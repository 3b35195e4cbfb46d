package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Where a program's {@code Location: /path} leads: never past what guards a path. */
class LocalRedirectsTest {
  private static final String[] PROBE = {"WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On"};

  @OnEveryContainer
  void followsARedirectToTheRoutesOwnPaths(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    String target =
        Probe.target(app, "raw", "Location: " + app.contextPath() + "/probe/new%20one?env\n\n");
    RawResponse redirected =
        RawHttp.post(app.port(), target, "body".getBytes(), "Content-Type: text/plain");
    assertThat(redirected.status()).isEqualTo(200);
    assertThat(redirected.variable("REQUEST_METHOD")).isEqualTo("GET");
    assertThat(redirected.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/probe");
    assertThat(redirected.variable("PATH_INFO")).isEqualTo("/new one");
    assertThat(redirected.variable("QUERY_STRING")).isEqualTo("env");
    assertThat(redirected.variable("CONTENT_LENGTH")).isNull();
    assertThat(redirected.variable("CONTENT_TYPE")).isNull();
    assertThat(redirected.variable("REDIRECT_URL")).isEqualTo(app.contextPath() + "/probe");
    assertThat(redirected.variable("REQUEST_URI")).isEqualTo(target);
  }

  @OnEveryContainer
  void tellsTheFirstRequestAfterSeveralRedirects(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    String last = "Location: " + app.contextPath() + "/probe/last?env\n\n";
    String next = "Location: " + Probe.target(app, "raw", last) + "\n\n";
    RawResponse redirected = RawHttp.get(app.port(), Probe.target(app, "raw", next));
    assertThat(redirected.variable("PATH_INFO")).isEqualTo("/last");
    assertThat(redirected.variable("REQUEST_URI")).isEqualTo(Probe.target(app, "raw", next));
    assertThat(redirected.variable("REDIRECT_QUERY_STRING")).isEqualTo(Probe.query("raw", next));
  }

  @OnEveryContainer
  void followsRedirectsOfAnExtensionMapping(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet("cgi", "*.cgi", PROBE)
            .servlet("other", "/other/*", PROBE)
            .deploy(container.server())) {
      assertThat(from(app, "/a.cgi", "/b/c.cgi?env").variable("SCRIPT_NAME"))
          .isEqualTo(app.contextPath() + "/b/c.cgi");
      assertSentToTheClient(app, "/a.cgi", "/other/c.cgi?env");
      assertSentToTheClient(app, "/a.cgi", "/b.CGI?env");
      assertSentToTheClient(app, "/a.cgi", "/b.cgi/?env");
    }
  }

  @OnEveryContainer
  void leavesWhatIsNotTheRoutesToTheClient(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .file("static.txt", "a static file")
            .servlet("probe", "/probe/*", PROBE)
            .servlet("inner", "/probe/inner/*", PROBE)
            .servlet("exact", "/probe/exact", PROBE)
            .deploy(container.server())) {
      for (String target :
          new String[] {
            "/static.txt",
            "/",
            "/probe/inner/x?env",
            "/probe/inner?env",
            "/probe/exact?env",
            "/PROBE/x?env",
            "/probe/../static.txt",
            "/probe/%2e%2e/static.txt",
            "/probe//inner/x?env",
            "/probe/x/..;/inner/y?env",
            "/probe/inner;a=b/x?env",
            "/probe/%69nner/x?env",
            "/probe/x;a?env",
            "/WEB-INF/web.xml"
          }) {
        assertSentToTheClient(app, "/probe/x", target);
      }
    }
  }

  @OnEveryContainer
  void leavesWhatIsConstrainedToTheClient(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .file("admin/a.txt", "secret")
            .servlet("probe", "/probe/*", PROBE)
            .servlet("cgi", "*.cgi", PROBE)
            .descriptor(nobody("/admin/*") + nobody("/probe/admin/*") + nobody("/probe/one"))
            .descriptor(nobody("*.secret"))
            .descriptor(
                nobody("/probe/post")
                    .replace("</url-pattern>", "</url-pattern><http-method>PUT</http-method>"))
            .deploy(container.server())) {
      for (String target :
          new String[] {
            "/admin/a.txt",
            "/probe/admin/x?env",
            "/probe/admin?env",
            "/probe/%61dmin/x?env",
            "/probe/one?env",
            "/probe/a.secret?env"
          }) {
        assertSentToTheClient(app, "/probe/x", target);
        // Which the container forbids, as it did before the redirect.
        assertThat(RawHttp.get(app.port(), app.contextPath() + target).status()).isEqualTo(403);
      }
      assertSentToTheClient(app, "/a.cgi", "/admin/b.cgi?env");
      // Whether other methods than PUT are denied as uncovered is not asked.
      assertSentToTheClient(app, "/probe/x", "/probe/post?env");
      assertThat(from(app, "/probe/x", "/probe/free?env").status()).isEqualTo(200);
      assertThat(from(app, "/a.cgi", "/b.cgi?env").status()).isEqualTo(200);
    }
  }

  @OnEveryContainer
  void leavesWhatACallHasConstrainedToTheClient(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet("probe", "/probe/*", PROBE)
            .descriptor(
                "<listener><listener-class>org.wasmservlet.test.GuardingByCall"
                    + "</listener-class></listener>")
            .deploy(container.server())) {
      assertSentToTheClient(app, "/probe/x", "/probe/y.cgi?env");
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/probe/y.cgi?env").status())
          .isEqualTo(403);
      assertThat(from(app, "/probe/x", "/probe/y?env").status()).isEqualTo(200);
    }
  }

  @OnEveryContainer
  void leavesWhatAFilterGuardsToTheClient(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .file("guarded.txt", "secret")
            .servlet("probe", "/probe/*", PROBE)
            .servlet("named", "/named/*", PROBE)
            .descriptor(
                "<filter><filter-name>forbidding</filter-name>"
                    + "<filter-class>org.wasmservlet.test.Forbidding</filter-class></filter>"
                    + "<filter-mapping><filter-name>forbidding</filter-name>"
                    + "<url-pattern>/probe/guarded/*</url-pattern>"
                    + "<url-pattern>*.txt</url-pattern></filter-mapping>")
            .deploy(container.server())) {
      for (String target :
          new String[] {"/guarded.txt", "/probe/guarded/x?env", "/probe/x.txt?env"}) {
        assertSentToTheClient(app, "/probe/x", target);
        assertThat(RawHttp.get(app.port(), app.contextPath() + target).status()).isEqualTo(403);
      }
      assertThat(from(app, "/probe/x", "/probe/free?env").status()).isEqualTo(200);
    }
  }

  @OnEveryContainer
  void followsRedirectsOfAFilterFromProgramToProgram(Container container) throws Exception {
    Path site = Scratch.directory("redirecting-site");
    for (String name : new String[] {"a.php", "b.php", "admin/c.php", "page.html"}) {
      Files.createDirectories(site.resolve(name).getParent());
      Files.writeString(site.resolve(name), "the source");
    }
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .file("b.php", "elsewhere")
            .filter(
                "site",
                "/site/*",
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmHandler",
                ".php",
                "WasmDocumentRoot",
                site.toString())
            .servlet("other", "/site/other/*", PROBE)
            .descriptor(nobody("/site/admin/*"))
            .deploy(container.server())) {
      RawResponse redirected = from(app, "/site/a.php", "/site/b.php/x?env");
      assertThat(redirected.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/site/b.php");
      assertThat(redirected.variable("PATH_INFO")).isEqualTo("/x");
      for (String target :
          new String[] {
            "/site/admin/c.php?env", "/site/page.html", "/site/other/x?env", "/b.php", "/site/none"
          }) {
        assertSentToTheClient(app, "/site/a.php", target);
      }
    }
  }

  @OnEveryContainer
  void leavesADirectorysGuardedIndexToTheClient(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .file("guarded/home.html", "secret")
            .file("open/home.html", "home")
            .filter(
                "site",
                "/*",
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmDirectoryIndex",
                "home.html",
                "WasmHandler",
                ".php")
            .descriptor(nobody("/guarded/home.html") + nobody("/none/*"))
            .deploy(container.server())) {
      RawResponse guarded = RawHttp.get(app.port(), app.contextPath() + "/guarded/?q");
      assertThat(guarded.status()).isEqualTo(302);
      assertThat(guarded.header("Location")).isEqualTo(app.contextPath() + "/guarded/home.html?q");
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/guarded/home.html").status())
          .isEqualTo(403);
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/open/").body()).isEqualTo("home");
    }
  }

  @OnEveryContainer
  void endsALoop(Container container) throws Exception {
    WebApp webApp = new WebApp();
    String itself = "Location:%20" + webApp.contextPath() + "/loop%0A%0A";
    try (WebApp.Deployed app =
            webApp
                .probe()
                .servlet(
                    "loop", "/loop",
                    "WasmModule", "WEB-INF/probe.wasm",
                    "WasmEnableCGI", "On",
                    "WasmEnv", "QUERY_STRING raw&" + itself)
                .deploy(container.server());
        LogCapture log = new LogCapture()) {
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/loop").status()).isEqualTo(500);
      assertThat(log.messages()).anyMatch(m -> m.contains("more than 10 local redirects"));
    }
  }

  @OnEveryContainer
  void followsNoRedirectOfAProgramThatCrashed(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container);
    String location = "Location: " + app.contextPath() + "/probe/new?env\n\n";
    assertThat(RawHttp.get(app.port(), Probe.target(app, "trap", 0, location)).status())
        .isEqualTo(500);
  }

  private static RawResponse from(WebApp.Deployed app, String path, String target)
      throws Exception {
    String location = "Location: " + app.contextPath() + target + "\n\n";
    return RawHttp.get(app.port(), app.contextPath() + path + "?" + Probe.query("raw", location));
  }

  private static void assertSentToTheClient(WebApp.Deployed app, String path, String target)
      throws Exception {
    RawResponse response = from(app, path, target);
    assertThat(response.status()).as(target).isEqualTo(302);
    assertThat(response.header("Location")).isEqualTo(app.contextPath() + target);
    assertThat(response.bytes()).isEmpty();
  }

  /** A constraint that nobody satisfies. */
  private static String nobody(String pattern) {
    return "<security-constraint><web-resource-collection><web-resource-name>x</web-resource-name>"
        + "<url-pattern>"
        + pattern
        + "</url-pattern></web-resource-collection><auth-constraint/></security-constraint>";
  }
}
