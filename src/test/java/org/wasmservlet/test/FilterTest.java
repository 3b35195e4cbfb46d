package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** What a WasmFilter does with requests for programs, files and what is neither. */
class FilterTest {
  private static final String SOURCE = "the source of a program";

  @OnEveryContainer
  void servesAnApplicationInTheWebApplicationsRoot(Container container) throws Exception {
    try (WebApp.Deployed app = ownRoot("/*").deploy(container.server())) {
      RawResponse index = get(app, "/?env");
      assertThat(index.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/index.php");
      assertThat(index.variable("SCRIPT_FILENAME")).isEqualTo("/site/index.php");
      assertThat(index.variable("DOCUMENT_ROOT")).isEqualTo("/site");
      assertThat(index.variable("REQUEST_URI")).isEqualTo(app.contextPath() + "/?env");

      RawResponse page = get(app, "/sub/page.php/a%20b?env");
      assertThat(page.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/sub/page.php");
      assertThat(page.variable("PATH_INFO")).isEqualTo("/a b");
      assertThat(page.variable("PATH_TRANSLATED")).isEqualTo("/site/a b");

      RawResponse style = get(app, "/style.css");
      assertThat(style.body()).isEqualTo("body {}");
      assertThat(style.header("Content-Type")).startsWith("text/css");

      // The container's welcome files are not asked: the index is the filter's.
      assertThat(get(app, "/sub/").body()).isEqualTo("home");
      RawResponse redirect = get(app, "/sub?x=1");
      // Undertow looks for directories before it asks a filter.
      assertThat(redirect.status()).isEqualTo(container.servesWithUndertow() ? 302 : 301);
      assertThat(redirect.header("Location")).endsWith(app.contextPath() + "/sub/?x=1");
    }
  }

  @OnEveryContainer
  void leavesTheRestToTheChain(Container container) throws Exception {
    try (WebApp.Deployed app =
        ownRoot("/*")
            .servlet("other", "/other/*", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
            .deploy(container.server())) {
      assertThat(get(app, "/other/x.php?env").variable("SCRIPT_NAME"))
          .isEqualTo(app.contextPath() + "/other");
      assertThat(get(app, "/none").status()).isEqualTo(404);
      assertThat(get(app, "/none.php").status()).isEqualTo(404);
      assertThat(get(app, "/data.sqlite").status()).isEqualTo(404);
      assertThat(get(app, "/.env").status()).isEqualTo(404);
      assertThat(get(app, "/WEB-INF/web.xml").status()).isEqualTo(404);
    }
  }

  @OnEveryContainer
  void givesWhatDoesNotExistToTheFallback(Container container) throws Exception {
    try (WebApp.Deployed app =
        ownRoot("/*", "WasmFallback", "/index.php")
            .servlet("other", "/other/*", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
            .deploy(container.server())) {
      for (String path :
          new String[] {"/2024/05/hello-world/", "/none.php", "/style.css/x", "/empty/"}) {
        RawResponse post = get(app, path + "?env");
        assertThat(post.status()).as(path).isEqualTo(200);
        assertThat(post.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/index.php");
        assertThat(post.variable("SCRIPT_FILENAME")).isEqualTo("/site/index.php");
        assertThat(post.variable("PATH_INFO")).isNull();
        assertThat(post.variable("REQUEST_URI")).isEqualTo(app.contextPath() + path + "?env");
        assertThat(post.variable("QUERY_STRING")).isEqualTo("env");
      }
      RawResponse echo =
          RawHttp.post(app.port(), app.contextPath() + "/api/x?echo", "body".getBytes());
      assertThat(echo.body()).isEqualTo("body");
      // Neither what exists nor what is withheld nor what a servlet has.
      assertThat(get(app, "/style.css").body()).isEqualTo("body {}");
      assertThat(get(app, "/data.sqlite?env").status()).isEqualTo(404);
      assertThat(get(app, "/.env?env").status()).isEqualTo(404);
      assertThat(get(app, "/other/x?env").variable("SCRIPT_NAME"))
          .isEqualTo(app.contextPath() + "/other");
    }
  }

  @OnEveryContainer
  void servesADirectoryOutsideUnderItsPrefix(Container container) throws Exception {
    Path blog = Scratch.directory("blog");
    writeApplication(blog);
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .file("index.html", "the rest of the web application")
            .filter(
                "blog",
                "/blog/*",
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmMapCGIFileNames",
                "On",
                "WasmDocumentRoot",
                blog.toString(),
                "WasmMapDir",
                "/site " + blog,
                "WasmDirectoryIndex",
                "index.php index.html",
                "WasmFallback",
                "/index.php",
                "WasmDeny",
                "*.sqlite\n/sub/secret*")
            .deploy(container.server())) {
      RawResponse post = get(app, "/blog/2024/hello?env");
      assertThat(post.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/blog/index.php");
      assertThat(post.variable("SCRIPT_FILENAME")).isEqualTo("/site/index.php");
      assertThat(post.variable("CONTEXT_PREFIX")).isEqualTo(app.contextPath() + "/blog");
      assertThat(get(app, "/blog/style.css").body()).isEqualTo("body {}");
      assertThat(get(app, "/blog/sub/").body()).isEqualTo("home");
      assertThat(get(app, "/blog/sub/secret.txt").status()).isEqualTo(404);
      assertThat(get(app, "/blog").header("Location")).endsWith("/blog/");
      assertThat(get(app, "/index.html").body()).isEqualTo("the rest of the web application");
    }
  }

  @OnEveryContainer
  void keepsSourcesFromForwardsAndWelcomeFiles(Container container) throws Exception {
    try (WebApp.Deployed app =
        application(new WebApp())
            .descriptor(
                "<welcome-file-list><welcome-file>welcome.php</welcome-file></welcome-file-list>")
            .file("welcome/welcome.php", SOURCE)
            .filter(
                "site",
                "/*",
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmHandler",
                ".php")
            .deploy(container.server())) {
      RawResponse welcome = get(app, "/welcome/?env");
      assertThat(welcome.body()).doesNotContain(SOURCE);
      String location = "Location: " + app.contextPath() + "/sub/page.php?env\n\n";
      RawResponse redirected = get(app, "/index.php?" + Probe.query("raw", location));
      assertThat(redirected.body()).doesNotContain(SOURCE);
      assertThat(redirected.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/sub/page.php");
    }
  }

  @OnEveryContainer
  void answersErrorsWithAProgram(Container container) throws Exception {
    try (WebApp.Deployed app =
        ownRoot("/*")
            .descriptor(
                "<error-page><error-code>404</error-code><location>/404.php</location></error-page>")
            .file("404.php", SOURCE)
            .deploy(container.server())) {
      RawResponse missing = get(app, "/none?env");
      assertThat(missing.body()).doesNotContain(SOURCE);
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.variable("REDIRECT_STATUS")).isEqualTo("404");
      assertThat(missing.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/404.php");
    }
  }

  @OnEveryContainer
  void doesNotDeployWhatItCannotGuard(Container container) throws Exception {
    String[][] mistakes = {
      {"/*", "WasmFallback '/none.php': is no program below", "WasmFallback", "/none.php"},
      {"/*", "WasmFallback 'index.php': must begin with a slash", "WasmFallback", "index.php"},
      {"/*", "WasmFallback '/style.css': is no program below", "WasmFallback", "/style.css"},
      {"*.php", "WasmDocumentRoot: the web application's own root needs a WasmFilter"},
      {"/blog/*", "WasmDocumentRoot: the web application's own root needs a WasmFilter"},
      {"/*", "WasmDocumentRoot 'sub': the container would show", "WasmDocumentRoot", "sub"},
      {"/*", "WasmFalback '/x': no such parameter; did you mean WasmFallback?", "WasmFalback", "/x"}
    };
    for (String[] mistake : mistakes) {
      WebApp webApp = ownRoot(mistake[0], Stream.of(mistake).skip(2).toArray(String[]::new));
      try (ContainerLog log = new ContainerLog()) {
        assertThatThrownBy(() -> webApp.deploy(container.server())).as(mistake[1]).isNotNull();
        assertThat(log.text()).contains("filter 'site': " + mistake[1]);
      }
      assertThat(
              RawHttp.get(container.server().port(), webApp.contextPath() + "/sub/page.php").body())
          .doesNotContain(SOURCE);
      container.server().undeploy(webApp.contextPath());
    }
  }

  @OnEveryContainer
  void refusesAServletWhoseSourcesTheContainerWouldShow(Container container) throws Exception {
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app =
            application(new WebApp())
                .servlet(
                    "site",
                    "/site/*",
                    "WasmModule",
                    "WEB-INF/probe.wasm",
                    "WasmEnableCGI",
                    "On",
                    "WasmDocumentRoot",
                    ".",
                    "WasmHandler",
                    ".php")
                .deploy(container.server())) {
      assertThat(log.text())
          .contains("servlet 'site': WasmDocumentRoot '.': the web application's own root needs");
      assertThat(get(app, "/site/").status()).isEqualTo(container.statusOfUnavailableServlet());
    }
  }

  @OnEveryContainer
  void fallsBackInAServletToo(Container container) throws Exception {
    Path site = Scratch.directory("site");
    writeApplication(site);
    try (WebApp.Deployed app =
        new WebApp()
            .servlet(
                "site",
                "/site/*",
                "WasmModule",
                Guests.probeFile().toString(),
                "WasmEnableCGI",
                "On",
                "WasmDocumentRoot",
                site.toString(),
                "WasmHandler",
                ".php",
                "WasmDeny",
                "*.sqlite",
                "WasmFallback",
                "/sub/page.php")
            .deploy(container.server())) {
      assertThat(get(app, "/site/a/b?env").variable("SCRIPT_NAME"))
          .isEqualTo(app.contextPath() + "/site/sub/page.php");
      assertThat(get(app, "/site/data.sqlite?env").status()).isEqualTo(404);
    }
  }

  private static WebApp ownRoot(String pattern, String... more) throws Exception {
    String[] params = {
      "WasmModule", "WEB-INF/probe.wasm",
      "WasmEnableCGI", "On",
      "WasmMapCGIFileNames", "On",
      "WasmMapDir", "/site . ro",
      "WasmDirectoryIndex", "index.php home.html",
      "WasmDeny", "*.sqlite"
    };
    return application(new WebApp())
        .filter(
            "site",
            pattern,
            Stream.concat(Stream.of(params), Stream.of(more)).toArray(String[]::new));
  }

  private static WebApp application(WebApp webApp) throws Exception {
    writeApplication(webApp.directory());
    return webApp.probe();
  }

  private static void writeApplication(Path directory) throws Exception {
    Files.createDirectories(directory.resolve("sub"));
    Files.createDirectories(directory.resolve("empty"));
    Files.writeString(directory.resolve("index.php"), SOURCE);
    Files.writeString(directory.resolve("sub/page.php"), SOURCE);
    Files.writeString(directory.resolve("sub/home.html"), "home");
    Files.writeString(directory.resolve("sub/index.html"), "home");
    Files.writeString(directory.resolve("sub/secret.txt"), "secret");
    Files.writeString(directory.resolve("style.css"), "body {}");
    Files.writeString(directory.resolve("data.sqlite"), "secret");
    Files.writeString(directory.resolve(".env"), "secret");
  }

  private static RawResponse get(WebApp.Deployed app, String path) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + path);
  }
}
