package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;

/** When a script is loaded once, when anew, and when it is not. */
class PhpApplicationTest {
  @Test
  void isLoadedAnewWhenAFileHasChanged() throws Exception {
    Path application = Scratch.directory("php-application");
    PhpApplication.write(application, "first");
    try (WebApp.Deployed app = deploy(application, PhpGatewaysTest.DISABLED, "front.php /srv")) {
      PhpApplication.awaitLoadedOnce(app, "first");
      PhpApplication.write(application, "the second");
      PhpApplication.awaitLoadedOnce(app, "the second");
    }
  }

  @Test
  void isLoadedAnewWhenAFileChangesMeanwhile() throws Exception {
    Path application = Scratch.directory("php-application");
    PhpApplication.write(application, "first");
    // Has the first word, and waits for something in a file that it has written itself.
    addBeforeTheRequest(
        application,
        "if (isset($_SERVER['WASM_SERVLET_START']) && !is_file('/told/word')) {"
            + " file_put_contents('/told/word', '');"
            + " while (filesize('/told/word') === 0) { clearstatcache(); } }");
    Path word = PhpApplication.told(application).resolve("word");
    try (WebApp.Deployed app = deploy(application, PhpGatewaysTest.DISABLED, "front.php /srv")) {
      assertThat(PhpApplication.get(app, "?q=1")).startsWith("first ");
      Polling.await(PhpApplication.PATIENCE, "it is being loaded", () -> Files.exists(word));
      PhpApplication.write(application, "the second");
      Files.writeString(word, "go on");
      PhpApplication.awaitLoadedOnce(app, "the second");
    }
  }

  @Test
  void canBeStoppedWhileItIsLoaded() throws Exception {
    Path application = Scratch.directory("php-application");
    PhpApplication.write(application, "word");
    addBeforeTheRequest(
        application,
        "if (isset($_SERVER['WASM_SERVLET_START'])) {"
            + " file_put_contents('/told/loads', ''); for (;;) { } }");
    Path loads = PhpApplication.told(application).resolve("loads");
    String thread = "wasm-freeze php";
    try (LogCapture log = new LogCapture()) {
      try (WebApp.Deployed app = deploy(application, PhpGatewaysTest.DISABLED, "front.php /srv")) {
        assertThat(PhpApplication.get(app, "?q=1")).startsWith("word ");
        Polling.await(PhpApplication.PATIENCE, "it is being loaded", () -> Files.exists(loads));
        assertThat(isThere(thread)).isTrue();
        assertThat(PhpApplication.get(app, "?q=2")).startsWith("word ").endsWith(" 2");
      }
      Polling.await(PhpApplication.PATIENCE, "nobody loads it", () -> !isThere(thread));
      assertThat(log.messages()).noneMatch(m -> m.contains("begins anew for each request"));
    }
  }

  private static void addBeforeTheRequest(Path application, String code) throws IOException {
    Path front = application.resolve("front.php");
    String request = "WasmServlet\\request();";
    Files.writeString(front, Files.readString(front).replace(request, code + "\n" + request));
  }

  private static boolean isThere(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(thread));
  }

  @Test
  void needsFunctionsDisabledThatLookAtOneRequest() throws Exception {
    Path application = Scratch.directory("php-application");
    PhpApplication.write(application, "word");
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
    assertNotFrozenWith("define('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']);", "$_SERVER");
    // What the scripts of WordPress define: there is none yet.
    assertNotFrozenWith("define('WP_DEBUG', defined('WP_USE_THEMES'));", "'WP_USE_THEMES'");
  }

  private static void assertNotFrozenWith(String line, String what) throws Exception {
    Path application = Scratch.directory("php-application");
    Files.writeString(application.resolve("front.php"), "<?php echo 'word ', $_GET['q'] ?? '';");
    Files.copy(application.resolve("front.php"), application.resolve("index.php"));
    Files.writeString(application.resolve("wp-load.php"), "<?php");
    Files.writeString(application.resolve("wp-config.php"), "<?php\n" + line);
    assertNotFrozen(
        application,
        PhpGatewaysTest.DISABLED,
        "wordpress /srv",
        "/srv/wp-config.php looks at the request in line 2, by " + what,
        "it ended before it opens /wasm-servlet/request: exit code 1");
  }

  /** And requests are answered as without. */
  private static void assertNotFrozen(
      Path application, String disabled, String line, String... messages) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = deploy(application, disabled, line)) {
      assertThat(PhpApplication.get(app, "?q=1")).startsWith("word").endsWith(" 1");
      for (String message : messages) {
        Polling.await(
            PhpApplication.PATIENCE,
            message,
            () -> log.messages().stream().anyMatch(m -> m.contains(message)));
      }
      assertThat(PhpApplication.get(app, "?q=2")).startsWith("word").endsWith(" 2");
    }
  }

  private static WebApp.Deployed deploy(Path application, String disabled, String line)
      throws Exception {
    WebApp.Deployed app =
        PhpApplication.of(application, disabled, line).deploy(Container.TOMCAT_11.server());
    Sample.awaitPrograms(app.contextPath());
    return app;
  }
}
