package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** PHP sees and answers the same behind FastCGI as behind CGI, started once or anew. */
class PhpGatewaysTest {
  /** Names of a length, so that lengths of what is made of them are the same. */
  private static final String CGI = "gateway1";

  private static final String FASTCGI = "gateway2";

  /** FastCGI with a program that is started once. */
  private static final String FROZEN = "gateway3";

  /** FastCGI with a program that is started once, its script loaded. */
  private static final String APPLICATION = "gateway4";

  /** What the container adds; whether it knows the length depends on when a program is flushed. */
  private static final Set<String> OF_THE_CONTAINER =
      Set.of("date", "content-length", "transfer-encoding");

  private static final String SCRIPT =
      """
      <?php
      if (is_file('/wasm-servlet/php/request.php')) {
        require_once '/wasm-servlet/php/request.php';
        $loaded = hrtime(true) . mt_rand();
        $since = microtime(true);
        WasmServlet\\request();
      }
      if (isset($_GET['now'])) {
        exit($_SERVER['REQUEST_TIME_FLOAT'] > $since && $_SERVER['REQUEST_TIME'] >= (int) $since
            ? 'later ' . mt_rand() . mt_rand() : 'not later');
      }
      if (isset($_GET['loaded'])) {
        exit($loaded);
      }
      $server = $_SERVER;
      foreach (['REQUEST_TIME', 'REQUEST_TIME_FLOAT', 'REMOTE_PORT'] as $changes) {
        unset($server[$changes]);
      }
      // What docs/cgi.md says PHP has in addition.
      unset($server['FCGI_ROLE'], $server['PHP_FCGI_MAX_REQUESTS']);
      ksort($server);
      $files = [];
      foreach ($_FILES as $field => $file) {
        $moved = '/tmp/moved-' . $field;
        $files[$field] = [
          $file['name'], $file['full_path'], $file['type'], $file['size'], $file['error'],
          move_uploaded_file($file['tmp_name'], $moved) ? md5_file($moved) : 'not moved'];
      }
      $input = file_get_contents('php://input');
      $headers = getallheaders();
      // Each gateway has an order of its own.
      ksort($headers);
      $inputs = [
          filter_input(INPUT_GET, 'a'), filter_input(INPUT_GET, 'b', FILTER_DEFAULT, FILTER_REQUIRE_ARRAY),
          filter_input(INPUT_POST, 'a', FILTER_VALIDATE_INT), filter_input(INPUT_COOKIE, 'a'),
          filter_input(INPUT_SERVER, 'REQUEST_METHOD'), filter_has_var(INPUT_POST, 'c'),
          filter_input_array(INPUT_POST), filter_input(INPUT_GET, 'none', FILTER_DEFAULT, FILTER_NULL_ON_FAILURE),
          $_REQUEST, isset($argv)];
      $environment = getenv('REQUEST_METHOD') . getenv('OF_THE_ROUTE');
      header('X-Answer: yes');
      header('Set-Cookie: a=1');
      header('Set-Cookie: b=2', false);
      if (isset($_GET['location'])) {
        header('Location: ' . $_GET['location']);
      }
      if (isset($_GET['status'])) {
        http_response_code((int) $_GET['status']);
      }
      echo json_encode(
          [$server, $_GET, $_POST, $_COOKIE, $files, strlen($input), md5($input), $environment,
              $headers, $inputs],
          JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR);
      if (isset($_GET['log'])) {
        error_log('to the log');
      }
      if (isset($_GET['large'])) {
        echo str_repeat('x', 300000);
      }
      if (isset($_GET['fatal'])) {
        undefined();
      }
      exit((int) ($_GET['exit'] ?? 0));
      """;

  /** What docs/resume.md says. */
  static final String DISABLED =
      "-d\ndisable_functions=apache_request_headers,filter_has_var,filter_input,filter_input_array,"
          + "getallheaders\n";

  private record Request(String method, String rest, byte[] body, List<String> headers) {
    static Request of(String method, String rest, String body, String... headers) {
      return new Request(
          method, rest, body == null ? null : body.getBytes(UTF_8), List.of(headers));
    }
  }

  private static final String MULTIPART =
      "--b\r\nContent-Disposition: form-data; name=\"field\"\r\n\r\nvalue\r\n"
          + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.txt\"\r\n"
          + "Content-Type: text/plain\r\n\r\n"
          + "line\r\n".repeat(20_000)
          + "\r\n--b--\r\n";

  private static final List<Request> REQUESTS =
      List.of(
          Request.of("GET", "/request.php", null),
          Request.of("GET", "/request.php?a=1&b%5B%5D=2&b%5B%5D=%C3%BC&c+d=%00", null, "Accept: x"),
          Request.of("GET", "/request.php/path/info?x", null, "Cookie: a=1; b=%20"),
          Request.of("GET", "/", null, "X-Custom: v", "X-Custom: w", "Authorization: Basic eDp5"),
          Request.of("GET", "/sub", null),
          Request.of("GET", "/missing?q", null),
          Request.of("GET", "/static.txt", null),
          Request.of("HEAD", "/request.php?large", null),
          Request.of("GET", "/request.php?large", null),
          Request.of(
              "POST",
              "/request.php",
              "a=1&b=%C3%A9&c[x]=2",
              "Content-Type: application/x-www-form-urlencoded"),
          Request.of(
              "POST", "/request.php?f", MULTIPART, "Content-Type: multipart/form-data; boundary=b"),
          Request.of("POST", "/request.php", "{\"a\": 1}", "Content-Type: application/json"),
          Request.of("POST", "/request.php", "", "Content-Type: text/plain"),
          Request.of("PUT", "/request.php", "z".repeat(100_000), "Content-Type: a/b"),
          Request.of("DELETE", "/request.php", null),
          Request.of("X-odd", "/request.php", null),
          Request.of("GET", "/request.php?status=404", null),
          Request.of("GET", "/request.php?status=204", null),
          Request.of("GET", "/request.php?location=/elsewhere&status=303", null),
          Request.of("GET", "/request.php?location=https://example.org/", null),
          Request.of("GET", "/request.php?exit=3", null),
          Request.of("GET", "/request.php?fatal", null),
          Request.of("GET", "/request.php?log", null));

  @OnEveryContainer
  void areTheSameToPhp(Container container) throws Exception {
    try (WebApp.Deployed app = deploy(container)) {
      Sample.awaitPrograms(app.contextPath());
      awaitScript(app);
      for (Request request : REQUESTS) {
        List<Object> expected = ask(app, CGI, request);
        assertThat(expected.get(0)).as(request.toString()).isNotIn(400, 502, 503, 504);
        assertThat(ask(app, FASTCGI, request)).as(request.toString()).isEqualTo(expected);
        assertThat(ask(app, FROZEN, request)).as("frozen: " + request).isEqualTo(expected);
        assertThat(ask(app, APPLICATION, request)).as("loaded: " + request).isEqualTo(expected);
      }
    }
  }

  @OnEveryContainer
  void goesOnFromWhereTheScriptWasLoaded(Container container) throws Exception {
    try (WebApp.Deployed app = deploy(container)) {
      Sample.awaitPrograms(app.contextPath());
      awaitScript(app);
      Request request = Request.of("GET", "/request.php?loaded", null);
      assertThat(ask(app, APPLICATION, request)).isEqualTo(ask(app, APPLICATION, request));
      Request upload =
          Request.of(
              "POST", request.rest(), MULTIPART, "Content-Type: multipart/form-data; boundary=b");
      assertThat(ask(app, APPLICATION, upload)).isNotEqualTo(ask(app, APPLICATION, request));
      Request now = Request.of("GET", "/request.php?now", null);
      List<Object> first = ask(app, APPLICATION, now);
      assertThat((String) first.get(2)).startsWith("later ");
      assertThat(ask(app, APPLICATION, now)).isNotEqualTo(first);
    }
  }

  /** The first request for a script is what has it frozen. */
  private static void awaitScript(WebApp.Deployed app) throws Exception {
    ask(app, APPLICATION, REQUESTS.get(0));
    RouteBeans beans = new RouteBeans(app);
    Polling.await(
        Duration.ofMinutes(2),
        "the script is frozen",
        () ->
            beans
                .text(APPLICATION, "FreezeReason")
                .contains("/app/request.php: it was frozen where it opens /wasm-servlet/request"));
  }

  /** What the client gets, and what the log says of it. */
  private static List<Object> ask(WebApp.Deployed app, String gateway, Request request)
      throws Exception {
    try (LogCapture log = new LogCapture()) {
      RawResponse response =
          RawHttp.exchange(
              app.port(),
              request.method(),
              app.contextPath() + "/" + gateway + request.rest(),
              request.body(),
              request.headers().toArray(String[]::new));
      return List.of(
          response.status(),
          response.headers().stream()
              .filter(header -> !OF_THE_CONTAINER.contains(header.name().toLowerCase(Locale.ROOT)))
              .map(header -> header.name() + ": " + neutral(header.value()))
              .toList(),
          neutral(response.body()),
          response.end(),
          log.messages().stream()
              .map(message -> neutral(message.replaceFirst("^\\[[^]]*]", "")))
              .toList());
    }
  }

  private static String neutral(String text) {
    return text.replace(FASTCGI, CGI).replace(FROZEN, CGI).replace(APPLICATION, CGI);
  }

  private static WebApp.Deployed deploy(Container container) throws Exception {
    String module = Sample.loadedModule("php-cgi-8.2.0.wasm").toString();
    WebApp app =
        new WebApp()
            .file("WEB-INF/php/request.php", SCRIPT)
            .file("WEB-INF/php/index.php", SCRIPT)
            .file("WEB-INF/php/sub/index.php", SCRIPT)
            .file("WEB-INF/php/static.txt", "a file");
    // Of a file that has just been written, the entity tag is weak until a second has passed.
    Files.setLastModifiedTime(
        app.directory().resolve("WEB-INF/php/static.txt"), FileTime.from(Instant.EPOCH));
    String[] cgi = {
      "WasmModule", module,
      "WasmEnableCGI", "On",
      "WasmGateway", "cgi",
      "WasmArg", "",
      "WasmMapCGIFileNames", "On",
      "WasmDocumentRoot", "WEB-INF/php",
      "WasmDirectoryIndex", "index.php",
      "WasmCGIPassAuth", "On",
      "WasmMapDir", "/app WEB-INF/php ro\n/tmp tmp:",
      "WasmEnv", "TMPDIR /tmp\nOF_THE_ROUTE yes\nSERVER_NAME overridden",
      "WasmTimeout", "2m"
    };
    String[] fastcgi = cgi.clone();
    fastcgi[5] = "fastcgi";
    fastcgi[7] = "-b\n9000";
    Sample.loadedToFreeze("php-cgi-8.2.0.wasm");
    List<String> frozen = new ArrayList<>(List.of(fastcgi));
    frozen.addAll(List.of("WasmFreeze", "accept", "WasmUnfrozen", "Refuse"));
    List<String> application = new ArrayList<>(frozen);
    application.set(7, DISABLED + "-b\n9000");
    application.addAll(List.of("WasmApplication", "request.php"));
    return app.servlet(APPLICATION, "/" + APPLICATION + "/*", application.toArray(String[]::new))
        .servlet(CGI, "/" + CGI + "/*", cgi)
        .servlet(FASTCGI, "/" + FASTCGI + "/*", fastcgi)
        .servlet(FROZEN, "/" + FROZEN + "/*", frozen.toArray(String[]::new))
        .deploy(container.server());
  }
}
