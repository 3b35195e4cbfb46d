package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** A PHP application in a directory of its own, outside of any WAR. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentRootTest {
  private static final String SECRET = "the source is a secret";

  private final java.util.EnumMap<Container, WebApp.Deployed> deployed =
      new java.util.EnumMap<>(Container.class);
  private Path shop;

  @BeforeAll
  void makeTheApplication() throws IOException {
    shop = Scratch.directory("shop").resolve("öffentlich");
    Files.createDirectories(shop.resolve("admin"));
    String show =
        """
        <?php // %s
        header('Content-Type: text/plain');
        foreach (['SCRIPT_NAME', 'SCRIPT_FILENAME', 'PATH_INFO', 'PATH_TRANSLATED',
                  'DOCUMENT_ROOT', 'PHP_SELF', 'QUERY_STRING'] as $name) {
            echo $name, '=', $_SERVER[$name] ?? 'unset', "\\n";
        }
        echo 'FILE=', __FILE__, "\\n";
        """
            .formatted(SECRET);
    Files.writeString(shop.resolve("index.php"), show);
    Files.writeString(shop.resolve("admin/index.php"), show);
    Files.writeString(shop.resolve("page.php"), show);
    Files.writeString(shop.resolve("fatal.php"), "<?php // " + SECRET + "\nno_such_function();");
    Files.writeString(shop.resolve("style.css"), "body { color: teal }");
    Files.writeString(shop.resolve(".env"), SECRET);
    Files.writeString(shop.resolveSibling("outside.txt"), SECRET);
    Files.createSymbolicLink(shop.resolve("link.txt"), Path.of("../outside.txt"));
  }

  @AfterAll
  void undeploy() {
    deployed.values().forEach(WebApp.Deployed::close);
  }

  private synchronized WebApp.Deployed on(Container container) throws Exception {
    WebApp.Deployed app = deployed.get(container);
    if (app == null) {
      app =
          new WebApp()
              .servlet(
                  "shop",
                  "/*",
                  "WasmModule",
                  Sample.loadedModule("php-cgi-8.2.0.wasm").toString(),
                  "WasmEnableCGI",
                  "On",
                  "WasmMapCGIFileNames",
                  "On",
                  "WasmDocumentRoot",
                  shop.toString(),
                  "WasmDirectoryIndex",
                  "index.php",
                  "WasmMapDir",
                  "/app " + shop)
              .deploy(container.server());
      deployed.put(container, app);
    }
    return app;
  }

  private RawResponse get(Container container, String path) throws Exception {
    WebApp.Deployed app = on(container);
    return RawHttp.get(app.port(), app.contextPath() + path);
  }

  @OnEveryContainer
  void answersForADirectoryByItsIndex(Container container) throws Exception {
    String context = on(container).contextPath();
    RawResponse root = get(container, "/?q=1");
    assertThat(root.variable("SCRIPT_NAME")).isEqualTo(context + "/index.php");
    assertThat(root.variable("SCRIPT_FILENAME")).isEqualTo("/app/index.php");
    assertThat(root.variable("DOCUMENT_ROOT")).isEqualTo("/app");
    assertThat(root.variable("FILE")).isEqualTo("/app/index.php");
    assertThat(root.variable("PATH_INFO")).isEqualTo("unset");
    assertThat(root.variable("QUERY_STRING")).isEqualTo("q=1");
    assertThat(get(container, "/admin/").variable("SCRIPT_FILENAME"))
        .isEqualTo("/app/admin/index.php");
  }

  @OnEveryContainer
  void sendsADirectoryWithoutSlashToTheOneWith(Container container) throws Exception {
    RawResponse response = get(container, "/admin?x=1");
    assertThat(response.status()).isEqualTo(301);
    assertThat(response.header("Location")).endsWith(on(container).contextPath() + "/admin/?x=1");
  }

  @OnEveryContainer
  void passesThePathAfterAScript(Container container) throws Exception {
    RawResponse page = get(container, "/page.php/a%20b/c");
    assertThat(page.variable("SCRIPT_NAME")).isEqualTo(on(container).contextPath() + "/page.php");
    assertThat(page.variable("PATH_INFO")).isEqualTo("/a b/c");
    assertThat(page.variable("PATH_TRANSLATED")).isEqualTo("/app/a b/c");
    assertThat(page.variable("PHP_SELF"))
        .isEqualTo(on(container).contextPath() + "/page.php/a b/c");
  }

  @OnEveryContainer
  void servesFilesThatAreNoPrograms(Container container) throws Exception {
    RawResponse style = get(container, "/style.css");
    assertThat(style.status()).isEqualTo(200);
    assertThat(style.header("Content-Type")).startsWith("text/css");
    assertThat(style.body()).isEqualTo("body { color: teal }");
  }

  @OnEveryContainer
  void showsPhpsOwnErrorPage(Container container) throws Exception {
    RawResponse fatal = get(container, "/fatal.php");
    // As by php-cgi under httpd: what it displays has the status that it had before, and its exit
    // code changes nothing.
    assertThat(fatal.status()).isEqualTo(200);
    assertThat(fatal.body()).contains("Fatal error");
    assertThat(fatal.body()).doesNotContain(SECRET);
  }

  @OnEveryContainer
  void neverShowsASourceOrWhatIsHiddenHoweverItIsSpelled(Container container) throws Exception {
    String[] paths = {
      "/page.php",
      "/page.php/",
      "/page.PHP",
      "/page.php%20",
      "/page.php.",
      "/page.php%00",
      "/page.php%00.css",
      "/page.php;x=.css",
      "/page.php::$DATA",
      "/page.php%5c",
      "/./page.php",
      "/admin/../page.php",
      "/admin/%2e%2e/page.php",
      "//page.php",
      "/page%2ephp",
      "/.env",
      "/%2eenv",
      "/../outside.txt",
      "/%2e%2e/outside.txt",
      "/..%2foutside.txt",
      "/link.txt",
      "/admin/index.php/..",
      "/style.css/../page.php",
      "/style.css/x"
    };
    for (String path : paths) {
      RawResponse response = get(container, path);
      assertThat(response.body()).as(path).doesNotContain(SECRET);
      assertThat(response.status()).as(path).isIn(200, 301, 302, 400, 404);
      if (response.status() == 200) {
        assertThat(response.variable("FILE")).as(path).startsWith("/app/").endsWith(".php");
      }
    }
  }
}
