package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Interpreters;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/** An application that speaks ASGI, in an event loop without threads and connections. */
class AsgiTest {
  private static final Map<Container, WebApp.Deployed> SHOPS = new EnumMap<>(Container.class);

  @AfterAll
  static void undeploy() {
    SHOPS.values().forEach(WebApp.Deployed::close);
  }

  @OnEveryContainer
  void isToldTheRequest(Container container) throws Exception {
    ApplicationClient client = shop(container);
    String path = client.app().contextPath() + client.path();
    String scope =
        client
            .get(
                "/show-scope/a%20b/%C3%BC?q=%C3%BC&x", "X-Bytes: \u00c3\u00bc\u00ff", "Cookie: a=1")
            .body();
    assertThat(scope)
        .contains("\"type\": \"http\"")
        .contains("\"http_version\": \"1.1\"")
        .contains("\"method\": \"GET\"")
        .contains("\"scheme\": \"http\"")
        .contains("\"path\": \"" + path + "/show-scope/a b/\\u00fc\"")
        .contains("\"raw_path\": \"" + path + "/show-scope/a%20b/%C3%BC\"")
        .contains("\"root_path\": \"" + path + "\"")
        .contains("\"query_string\": \"q=%C3%BC&x\"")
        .contains("[\"x-bytes\", \"\\u00c3\\u00bc\\u00ff\"]")
        .contains("[\"cookie\", \"a=1\"]")
        .contains("[\"host\", \"example.org:8080\"]")
        .contains("\"server\": [\"example.org\", 8080]")
        .contains("\"client\": [\"127.0.0.1\", ")
        .contains("\"state\": \"started\"")
        .doesNotContain("PYTHONHOME");
    byte[] body = ApplicationClient.megabyte();
    assertThat(client.ask("PUT", "/digest-body", body).body())
        .isEqualTo(ApplicationClient.digest(body));
    assertThat(client.text("/digest-body")).isEqualTo(ApplicationClient.digest(new byte[0]));
  }

  @OnEveryContainer
  void answersAndThenStops(Container container) throws Exception {
    ApplicationClient client = shop(container);
    RawResponse stream = client.get("/stream");
    assertThat(stream.status()).isEqualTo(418);
    assertThat(stream.body()).isEqualTo("ab");
    assertThat(stream.whole()).isTrue();
    client.showsAndLogs("/within", "done within, beside", ": stopped");
  }

  @OnEveryContainer
  void doesAtOnceWhatAThreadWouldDo(Container container) throws Exception {
    assertThat(shop(container).text("/pools"))
        .isEqualTo(
            "a inside, b inside, begun, X, Y, KeyError('in the pool'),"
                + " cannot schedule new futures after shutdown, can't start new thread,"
                + " nobody, True");
  }

  @OnEveryContainer
  void tellsOfEveryFailure(Container container) throws Exception {
    ApplicationClient client = shop(container);
    client.fails(
        "/hangs", "RuntimeError: the event loop waits for what cannot happen", "exit code 1");
    client.fails("/fails", "KeyError: 'before the response'", "exit code 1");
    client.isCut("/fails-within", "KeyError: 'within the response'", "exit code 1");
    client.failsWithItsOwnPage("/fails-afterwards", "an error page", "'after the response'");
    client.fails("/says-too-little", "RuntimeError: the application returned before its response");
    client.showsAndLogs(
        "/says-too-much", "whole", "RuntimeError: the response has ended, and after it comes");
    WebApp webApp = new WebApp();
    for (String name : new String[] {"without_lifespan", "cannot_start"}) {
      webApp.servlet(name, "/" + name, python("shop.asgi:" + name));
    }
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(new ApplicationClient(app, "/without_lifespan").text("")).isEqualTo("no lifespan");
      new ApplicationClient(app, "/cannot_start")
          .fails("", "the application could not be started: for want of a table");
    }
  }

  /** Frozen once for all tests: that takes longer than all that they ask. */
  private static synchronized ApplicationClient shop(Container container) throws Exception {
    WebApp.Deployed app = SHOPS.get(container);
    if (app == null) {
      app =
          new WebApp()
              .servlet(
                  "shop",
                  "/shop/*",
                  python("shop.asgi:application", "WasmFreeze", "stdin", "WasmUnfrozen", "Refuse"))
              .deploy(container.server());
      SHOPS.put(container, app);
    }
    return new ApplicationClient(app, "/shop");
  }

  private static String[] python(String application, String... more) throws Exception {
    String[] all = new String[more.length + 4];
    System.arraycopy(more, 0, all, 4, more.length);
    all[0] = "WasmGateway";
    all[1] = "scgi";
    all[2] = "WasmApplication";
    all[3] = "asgi:" + application;
    return Interpreters.python("python", all);
  }
}
