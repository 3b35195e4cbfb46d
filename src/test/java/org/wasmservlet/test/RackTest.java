package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Interpreters;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/**
 * An application that speaks Rack, without the gem of that name; what it is given and what becomes
 * of its answers is checked by a middleware of the tests, after Rack's specification.
 */
class RackTest {
  private static final Map<Container, WebApp.Deployed> SHOPS = new EnumMap<>(Container.class);

  @AfterAll
  static void undeploy() {
    SHOPS.values().forEach(WebApp.Deployed::close);
  }

  @OnEveryContainer
  void isToldTheRequest(Container container) throws Exception {
    ApplicationClient client = shop(container);
    try (LogCapture log = new LogCapture()) {
      String environment =
          client
              .get(
                  "/environment/a%20b/%C3%BC?q=%C3%BC&x",
                  "Cookie: a=1", "X-Bytes: " + ApplicationClient.bytes("\u00fc"))
              .body();
      assertThat(environment)
          .contains("\"SCRIPT_NAME\":\"" + client.app().contextPath() + "/shop\"")
          .contains("\"PATH_INFO\":\"/environment/a b/\u00fc\"")
          .contains("\"QUERY_STRING\":\"q=%C3%BC&x\"")
          .contains("\"HTTP_X_BYTES\":\"\u00fc\"")
          .contains("\"HTTP_COOKIE\":\"a=1\"")
          .contains("\"HTTP_HOST\":\"example.org:8080\"")
          .contains("\"REQUEST_METHOD\":\"GET\"")
          .contains("\"SERVER_PROTOCOL\":\"HTTP/1.1\"")
          .contains("\"rack.url_scheme\":\"http\"")
          .doesNotContain("\"SCGI\"")
          .doesNotContain("OF_THE_ROUTE");
      assertThat(log.messages()).singleElement().asString().endsWith(": closed after use");
    }
    assertThat(client.text("/process"))
        .isEqualTo(
            "{\"variables\":[],\"OF_THE_ROUTE\":\"yes\",\"argv\":[],\"directory\":\"/app\","
                + "\"encoding\":\"UTF-8\",\"top level\":true,\"file\":\"/app/config.ru\"}");
    assertThat(client.text("/dice")).isNotEqualTo(client.text("/dice"));
    assertThat(client.text("/counts")).isEqualTo(client.text("/counts")).isEqualTo("[1, \"x\"]");
  }

  @OnEveryContainer
  void readsTheBodyAsItComes(Container container) throws Exception {
    ApplicationClient client = shop(container);
    byte[] body = ApplicationClient.megabyte();
    assertThat(client.ask("PUT", "/body", body).body()).isEqualTo(ApplicationClient.digest(body));
    assertThat(client.get("/body").body()).isEqualTo(ApplicationClient.digest(new byte[0]));
    byte[] lines = "one\nline two\n\nfour".getBytes();
    assertThat(client.ask("POST", "/lines", lines, "Content-Type: a/b").body())
        .isEqualTo("[\"one\\n\", \"li\", \"\", \"ne two\\n\", \"\\n\", \"four\", nil, \"\", nil]");
    assertThat(client.ask("POST", "/streaming", "a stream".getBytes(), "Content-Type: a/b").body())
        .isEqualTo("read a , stream");
  }

  @OnEveryContainer
  void answersInEveryWay(Container container) throws Exception {
    ApplicationClient client = shop(container);
    assertThat(client.text("/parts")).isEqualTo("ab");
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
    assertThat(headers.all("X-Lines")).containsExactly("1", "2");
    assertThat(headers.all("X-Empty")).containsExactly("");
    assertThat(headers.all("Rack.own")).isEmpty();
    assertThat(headers.header("X-Bytes")).isEqualTo("caf\u00c3\u00a9 \u00ff");
    assertThat(headers.header("X-Named")).isEqualTo("abc");
    assertThat(headers.body()).isEqualTo("short and stout");
    assertThat(client.text("/file"))
        .isEqualTo(Files.readString(Path.of("applications/ruby/lint.rb")));
    client.showsAndLogs("/closed", "to be closed", ": closed by the server");
    client.showsAndLogs("/prints", "not printed", ": to the log", ": and this as well");
  }

  @OnEveryContainer
  void isMappedByPrefixes(Container container) throws Exception {
    ApplicationClient shop = shop(container);
    String script = shop.app().contextPath() + "/shop/mapped";
    assertThat(shop.text("/mapped")).isEqualTo("mapped: " + script + " ");
    assertThat(shop.text("/mapped/a%20b")).isEqualTo("mapped: " + script + " /a b");
    assertThat(shop.text("/mapped/deeper/x")).isEqualTo("deeper: " + script + "/deeper /x");
    assertThat(shop.get("/mapped").header("X-Named")).isEqualTo("abc");
    shop.fails("/mappedx", "key not found: \"mappedx\"");
    WebApp webApp = new WebApp();
    add(webApp, "maps", "/app/maps.ru /app");
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      ApplicationClient maps = new ApplicationClient(app, "/maps");
      assertThat(maps.text("/here")).isEqualTo("here");
      assertThat(maps.text("/here/and/there")).isEqualTo("here");
      assertThat(maps.text("/there")).isEqualTo("there");
      assertThat(maps.get("/nowhere").status()).isEqualTo(404);
      assertThat(maps.get("/nowhere").header("X-Cascade")).isEqualTo("pass");
    }
  }

  @OnEveryContainer
  void tellsOfEveryFailure(Container container) throws Exception {
    WebApp webApp = new WebApp();
    webApp.file("WEB-INF/broken/config.ru", "require 'no_such_library'");
    webApp.file("WEB-INF/broken/empty.ru", "# nothing");
    for (String name : new String[] {"config", "empty"}) {
      webApp.servlet(
          name,
          "/" + name,
          Interpreters.ruby(
              "ruby",
              "WasmGateway",
              "scgi",
              "WasmMapDir",
              "/broken WEB-INF/broken ro",
              "WasmApplication",
              name + ".ru /broken"));
    }
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      ApplicationClient client = shop(container);
      client.fails("/fails-before", "before the headers (KeyError)", "exit code 1");
      client.fails("/fails-within", "within the body (KeyError)", ": closed by the server");
      client.fails("/fails-soon-after", "within the body (KeyError)", "exit code 1");
      client.isCut("/fails-after", "within the body (KeyError)", ": closed by the server");
      client.fails("/no-string", "not a part of a body: 1 (TypeError)");
      client.fails("/line-break", "a line break in a header: \"x-broken: a\\r\\nx-more: b\"");
      client.fails("/status-field", "not a header: the status is the first element");
      client.fails("/leaves", "exit (SystemExit)", "exit code 1");
      new ApplicationClient(app, "/config").fails("", "cannot load such file -- no_such_library");
      new ApplicationClient(app, "/empty").fails("", "there is neither run nor map");
    }
  }

  @OnEveryContainer
  void isLoadedForEachRequestIfItIsNotFrozen(Container container) throws Exception {
    WebApp webApp =
        new WebApp()
            .servlet(
                "shop",
                "/shop/*",
                Interpreters.ruby("ruby", "WasmGateway", "scgi", "WasmApplication", "config.ru"));
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      ApplicationClient client = new ApplicationClient(app, "/shop");
      client.showsAndLogs("/parts", "ab", ": printed while it was loaded", ": warmed up: Lint");
      client.isCut("/fails-after", "within the body (KeyError)", "exit code 1");
    }
  }

  /** Frozen once for all tests: that takes longer than all that they ask. */
  private static synchronized ApplicationClient shop(Container container) throws Exception {
    WebApp.Deployed app = SHOPS.get(container);
    if (app == null) {
      WebApp webApp = new WebApp();
      add(webApp, "shop", "config.ru");
      app = webApp.deploy(container.server());
      SHOPS.put(container, app);
    }
    return new ApplicationClient(app, "/shop");
  }

  private static void add(WebApp webApp, String name, String application) throws Exception {
    webApp.servlet(
        name,
        "/" + name + "/*",
        Interpreters.ruby(
            "ruby", "WasmGateway", "scgi", "WasmFreeze", "stdin", "WasmApplication", application));
  }
}
