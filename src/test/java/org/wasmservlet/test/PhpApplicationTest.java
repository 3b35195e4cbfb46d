package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** When a script is loaded once, when anew, and when it is not. */
class PhpApplicationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String FRONT =
      """
      <?php
      require_once '/wasm-servlet/php/request.php';
      $word = require __DIR__ . '/word.php';
      $loaded = random_int(0, PHP_INT_MAX);
      WasmServlet\\request();
      echo "$word $loaded ", $_GET['q'] ?? '';
      """;

  @Test
  void isLoadedAnewWhenAFileHasChanged() throws Exception {
    Path application = Scratch.directory("php-application");
    Files.writeString(application.resolve("front.php"), FRONT);
    Files.writeString(application.resolve("word.php"), "<?php return 'first';");
    try (WebApp.Deployed app = deploy(application, PhpGatewaysTest.DISABLED, "front.php /srv")) {
      awaitLoadedOnce(app, "first");
      Files.writeString(application.resolve("word.php"), "<?php return 'the second';");
      awaitLoadedOnce(app, "the second");
    }
  }

  /** Two answers of one state. */
  private static void awaitLoadedOnce(WebApp.Deployed app, String word) throws Exception {
    Polling.await(
        PATIENCE,
        word + " is loaded once",
        () -> {
          String one = get(app, "?q=1");
          return one.startsWith(word) && get(app, "?q=2").equals(one.replaceFirst("1$", "2"));
        });
  }

  @Test
  void needsFunctionsDisabledThatLookAtOneRequest() throws Exception {
    Path application = Scratch.directory("php-application");
    Files.writeString(application.resolve("front.php"), FRONT);
    Files.writeString(application.resolve("word.php"), "<?php return 'word';");
    assertNotFrozen(
        application,
        "",
        "front.php /srv",
        "php.ini has to disable apache_request_headers",
        "it ended before it opens /wasm-servlet/request: exit code 1");
  }

  @Test
  void aScriptThatNeverAsksIsNotFrozen() throws Exception {
    Path application = Scratch.directory("php-application");
    Files.writeString(application.resolve("front.php"), "<?php echo 'word ', $_GET['q'] ?? '';");
    assertNotFrozen(
        application,
        PhpGatewaysTest.DISABLED,
        "front.php /srv",
        "it ended before it opens /wasm-servlet/request: exit code 0");
  }

  @Test
  void aWpConfigThatLooksAtTheRequestIsNotRunWithoutOne() throws Exception {
    Path application = Scratch.directory("php-application");
    Files.writeString(application.resolve("front.php"), "<?php echo 'word ', $_GET['q'] ?? '';");
    Files.copy(application.resolve("front.php"), application.resolve("index.php"));
    Files.writeString(application.resolve("wp-load.php"), "<?php");
    Files.writeString(
        application.resolve("wp-config.php"),
        "<?php\ndefine('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']);");
    assertNotFrozen(
        application,
        PhpGatewaysTest.DISABLED,
        "wordpress /srv",
        "/srv/wp-config.php looks at the request in line 2, by $_SERVER",
        "it ended before it opens /wasm-servlet/request: exit code 1");
  }

  /** And requests are answered as without. */
  private static void assertNotFrozen(
      Path application, String disabled, String line, String... messages) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = deploy(application, disabled, line)) {
      assertThat(get(app, "?q=1")).startsWith("word").endsWith(" 1");
      for (String message : messages) {
        Polling.await(
            PATIENCE, message, () -> log.messages().stream().anyMatch(m -> m.contains(message)));
      }
      assertThat(get(app, "?q=2")).startsWith("word").endsWith(" 2");
    }
  }

  private static String get(WebApp.Deployed app, String query) throws IOException {
    RawResponse response = RawHttp.get(app.port(), app.contextPath() + "/" + query);
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private static WebApp.Deployed deploy(Path application, String disabled, String line)
      throws Exception {
    List<String> params =
        new ArrayList<>(
            List.of(
                "WasmModule",
                Sample.loadedToFreeze("php-cgi-8.2.0.wasm").toString(),
                "WasmEnableCGI",
                "On",
                "WasmGateway",
                "fastcgi",
                "WasmArg",
                disabled + "-b\n9000",
                "WasmFreeze",
                "accept",
                "WasmApplication",
                line,
                "WasmMapCGIFileNames",
                "On",
                "WasmDocumentRoot",
                application.toString(),
                "WasmDirectoryIndex",
                line.startsWith("wordpress") ? "index.php" : "front.php",
                "WasmMapDir",
                "/srv \"" + application + "\" ro\n/tmp tmp:",
                "WasmTimeout",
                "2m"));
    WebApp.Deployed app =
        new WebApp()
            .servlet("php", "/*", params.toArray(String[]::new))
            .deploy(Container.TOMCAT_11.server());
    Sample.awaitPrograms(app.contextPath());
    return app;
  }
}
