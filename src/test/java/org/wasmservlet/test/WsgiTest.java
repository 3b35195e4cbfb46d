package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Interpreters;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/** An application that speaks WSGI, checked by the validator of Python's standard library. */
class WsgiTest {
  private static final Map<Container, WebApp.Deployed> SHOPS = new EnumMap<>(Container.class);

  @AfterAll
  static void undeploy() {
    SHOPS.values().forEach(WebApp.Deployed::close);
  }

  @OnEveryContainer
  void isToldTheRequest(Container container) throws Exception {
    ApplicationClient client = shop(container);
    try (LogCapture log = new LogCapture()) {
      String environ =
          client
              .get(
                  "/show-environ/a%20b/%C3%BC?q=%C3%BC&x",
                  "Cookie: a=1", "X-Bytes: \u00c3\u00bc\u00ff")
              .body();
      assertThat(environ)
          .contains("\"SCRIPT_NAME\": \"" + client.app().contextPath() + "/shop\"")
          // Each byte is a character (PEP 3333, "Unicode Issues"), which JSON escapes.
          .contains("\"PATH_INFO\": \"/show-environ/a b/\\u00c3\\u00bc\"")
          .contains("\"QUERY_STRING\": \"q=%C3%BC&x\"")
          .contains("\"HTTP_X_BYTES\": \"\\u00c3\\u00bc\\u00ff\"")
          .contains("\"HTTP_COOKIE\": \"a=1\"")
          .contains("\"HTTP_HOST\": \"example.org:8080\"")
          .contains("\"REQUEST_METHOD\": \"GET\"")
          .contains("\"SERVER_PROTOCOL\": \"HTTP/1.1\"")
          .contains("\"CONTENT_LENGTH\": \"0\"")
          .contains("\"wsgi.url_scheme\": \"http\"")
          .contains("\"wsgi.version\": \"(1, 0)\"")
          .contains("\"wsgi.multithread\": \"False\"")
          .contains("\"wsgi.multiprocess\": \"True\"")
          .contains("\"wsgi.run_once\": \"True\"")
          .doesNotContain("\"SCGI\"")
          .doesNotContain("PYTHONHOME");
      // The validator tells by standard error what it cannot tell by an exception.
      assertThat(log.messages()).isEmpty();
    }
    assertThat(client.text("/show-process"))
        .isEqualTo(
            "{\"variables\": [], \"OF_THE_ROUTE\": \"yes\","
                + " \"argv\": [\"/wasm-servlet/python/start.py\"], \"path\": \"/app\","
                + " \"adapter\": [], \"directory\": \"/app\","
                + " \"file\": \"/wasm-servlet/python/start.py\", \"stdin\": \"\"}");
    assertThat(client.text("/throws-dice")).isNotEqualTo(client.text("/throws-dice"));
    assertThat(client.text("/spoils")).isEqualTo("EROFS");
    assertThat(client.text("/counts")).isEqualTo(client.text("/counts")).isEqualTo("(1, 'x')");
  }

  @OnEveryContainer
  void readsTheBodyAsItComes(Container container) throws Exception {
    ApplicationClient client = shop(container);
    byte[] body = ApplicationClient.megabyte();
    assertThat(client.ask("PUT", "/digest-body", body).body())
        .isEqualTo(ApplicationClient.digest(body));
    assertThat(client.get("/digest-body").body()).isEqualTo(ApplicationClient.digest(new byte[0]));
    byte[] lines = "one\nline two\n\nfour\nfive".getBytes();
    assertThat(client.ask("POST", "/read-lines", lines, "Content-Type: a/b").body())
        .isEqualTo("[b'one\\n', b'lin', b'e ', b'two\\n', [b'\\n', b'four\\n', b'five'], b'']");
  }

  @OnEveryContainer
  void answersInEveryWay(Container container) throws Exception {
    ApplicationClient client = shop(container);
    assertThat(client.text("/write")).isEqualTo("written, and returned");
    assertThat(client.text("/generate")).isEqualTo("ab");
    assertThat(client.text("/large")).hasSize(3_000_000).startsWith("000").endsWith("999");
    RawResponse head = client.ask("HEAD", "/large", null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("3000000");
    assertThat(head.whole()).isTrue();
    RawResponse nothing = client.get("/nothing");
    assertThat(nothing.status()).isEqualTo(204);
    assertThat(nothing.header("X-Nothing")).isEqualTo("yes");
    RawResponse headers = client.get("/headers");
    assertThat(headers.status()).isEqualTo(418);
    assertThat(headers.all("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(headers.header("X-Bytes")).isEqualTo("caf\u00c3\u00a9 \u00ff");
    assertThat(headers.body()).isEqualTo("short and stout");
    RawResponse replaced = client.get("/replaced");
    assertThat(replaced.status()).isEqualTo(503);
    assertThat(replaced.body()).isEqualTo("another response");
    client.showsAndLogs("/closed", "to be closed", ": closed");
    client.showsAndLogs("/prints", "not printed", ": to the log", ": and this as well: ");
  }

  @OnEveryContainer
  void tellsOfEveryFailure(Container container) throws Exception {
    ApplicationClient client = shop(container);
    client.fails("/fails-before", "KeyError: 'before the headers'", "exit code 1");
    client.fails("/fails-soon-after", "KeyError: 'soon after the headers'", "exit code 1");
    client.isCut("/fails-after", "KeyError: 'after the headers'", "exit code 1");
    client.isCut("/too-late", "KeyError: 'too late'", "exit code 1");
    client.fails("/closed-on-failure", "KeyError: 'within the iterable'", ": closed");
    client.fails("/started-twice", "RuntimeError: start_response was called before");
    client.fails("/leaves", "SystemExit: 0", "exit code 1");
    client.fails("/unchecked/text", "TypeError: a bytes-like object is required, not 'str'");
    client.fails("/unchecked/early", "RuntimeError: start_response was not called");
    client.fails("/unchecked/none", "TypeError: 'NoneType' object is not iterable");
    client.fails("/unchecked/line-break", "ValueError: a line break in a header");
    client.fails("/unchecked/no-latin", "UnicodeEncodeError: 'latin-1' codec");
    client.fails("/unchecked/status", "ValueError: not a header: the status is");
  }

  @OnEveryContainer
  void isFoundByADottedNameOrNotAtAll(Container container) throws Exception {
    WebApp webApp = new WebApp();
    add(webApp, "dotted", "shop.wsgi:site.checked /app");
    add(webApp, "broken", "broken:application");
    add(webApp, "none", "shop.wsgi:nothing_of_that_name");
    add(webApp, "text", "shop.wsgi:TEXT");
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      UnaryOperator<String> path = name -> "/" + name;
      assertThat(new ApplicationClient(app, path.apply("dotted")).text("/generate"))
          .isEqualTo("ab");
      new ApplicationClient(app, path.apply("broken"))
          .fails("", "ModuleNotFoundError: No module named 'no_such_module'");
      new ApplicationClient(app, path.apply("none"))
          .fails("", "has no attribute 'nothing_of_that_name'");
      new ApplicationClient(app, path.apply("text"))
          .fails("", "TypeError: shop.wsgi:TEXT cannot be called");
    }
  }

  @OnEveryContainer
  void isLoadedForEachRequestIfItIsNotFrozen(Container container) throws Exception {
    WebApp webApp =
        new WebApp()
            .servlet(
                "shop",
                "/shop/*",
                Interpreters.python(
                    "python", "WasmGateway", "scgi", "WasmApplication", "shop.wsgi:application"));
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      ApplicationClient client = new ApplicationClient(app, "/shop");
      client.showsAndLogs("/generate", "ab", ": printed while it was loaded");
      byte[] body = ApplicationClient.megabyte();
      assertThat(client.ask("PUT", "/digest-body", body).body())
          .isEqualTo(ApplicationClient.digest(body));
      client.fails("/fails-soon-after", "KeyError: 'soon after the headers'", "exit code 1");
      client.isCut("/fails-after", "KeyError: 'after the headers'", "exit code 1");
    }
  }

  /** Frozen once for all tests: that takes longer than all that they ask. */
  private static synchronized ApplicationClient shop(Container container) throws Exception {
    WebApp.Deployed app = SHOPS.get(container);
    if (app == null) {
      WebApp webApp = new WebApp();
      add(webApp, "shop", "shop.wsgi:application");
      app = webApp.deploy(container.server());
      SHOPS.put(container, app);
    }
    return new ApplicationClient(app, "/shop");
  }

  private static void add(WebApp webApp, String name, String application) throws Exception {
    webApp.servlet(
        name,
        "/" + name + "/*",
        Interpreters.python(
            "python",
            "WasmGateway",
            "scgi",
            "WasmFreeze",
            "stdin",
            "WasmApplication",
            application));
  }
}
