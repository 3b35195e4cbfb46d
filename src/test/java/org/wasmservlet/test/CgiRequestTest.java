package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** What a program is told of a request: docs/cgi.md, first part. */
class CgiRequestTest {
  /** As WasmGateway names it; other gateways tell the same. */
  String gateway() {
    return "cgi";
  }

  /** As WasmFreeze names it; a frozen program is told and answers the same. */
  String freeze() {
    return "Off";
  }

  /** What CONTENT_LENGTH is without a body. */
  String lengthOfNoBody() {
    return null;
  }

  @OnEveryContainer
  void tellsTheMetaVariables(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    String path = app.contextPath() + "/probe/a%20b/%C3%BC";
    RawResponse response = RawHttp.get(app.port(), path + "?env&x=1%202", "X-Custom: value");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.variable("argv[0]")).isEqualTo("probe.wasm");
    assertThat(response.variable("argv[1]")).isNull();
    assertThat(response.variable("GATEWAY_INTERFACE")).isEqualTo("CGI/1.1");
    assertThat(response.variable("REQUEST_METHOD")).isEqualTo("GET");
    assertThat(response.variable("QUERY_STRING")).isEqualTo("env&x=1%202");
    assertThat(response.variable("REQUEST_URI")).isEqualTo(path + "?env&x=1%202");
    assertThat(response.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/probe");
    assertThat(response.variable("PATH_INFO")).isEqualTo("/a b/ü");
    assertThat(response.variable("CONTEXT_PREFIX")).isEqualTo(app.contextPath());
    assertThat(response.variable("SERVER_NAME")).isEqualTo("example.org");
    assertThat(response.variable("SERVER_PORT")).isEqualTo("8080");
    assertThat(response.variable("SERVER_PROTOCOL")).isEqualTo("HTTP/1.1");
    assertThat(response.variable("SERVER_SOFTWARE"))
        .matches("(?i)((apache-tomcat|jetty)/|undertow---|wildfly-ee-)[0-9.]+(final)?");
    assertThat(response.variable("SERVER_ADDR")).isEqualTo("127.0.0.1");
    assertThat(response.variable("REMOTE_ADDR")).isEqualTo("127.0.0.1");
    assertThat(response.variable("REMOTE_PORT")).matches("\\d+");
    assertThat(response.variable("REQUEST_SCHEME")).isEqualTo("http");
    assertThat(response.variable("REDIRECT_STATUS")).isEqualTo("200");
    assertThat(response.variable("HTTP_HOST")).isEqualTo("example.org:8080");
    assertThat(response.variable("HTTP_X_CUSTOM")).isEqualTo("value");
  }

  @OnEveryContainer
  void tellsNothingOfTheHost(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    RawResponse response = RawHttp.get(app.port(), app.contextPath() + "/probe/x?env");
    for (String name :
        new String[] {
          "PATH",
          "HOME",
          "USER",
          "DOCUMENT_ROOT",
          "SCRIPT_FILENAME",
          "PATH_TRANSLATED",
          "CONTENT_TYPE",
          "AUTH_TYPE",
          "REMOTE_USER",
          "REMOTE_IDENT",
          "HTTPS",
          "REDIRECT_URL"
        }) {
      assertThat(response.variable(name)).as(name).isNull();
    }
    assertThat(response.variable("CONTENT_LENGTH")).isEqualTo(lengthOfNoBody());
  }

  @OnEveryContainer
  void leavesPathInfoUnsetWhereThereIsNone(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    RawResponse response = RawHttp.get(app.port(), app.contextPath() + "/probe?env");
    assertThat(response.variable("PATH_INFO")).isNull();
    assertThat(RawHttp.get(app.port(), app.contextPath() + "/probe/?env").variable("PATH_INFO"))
        .isEqualTo("/");
  }

  @OnEveryContainer
  void givesNoRequestDataWithoutCgi(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .file("WEB-INF/environment.wasm", Guests.core("environment"))
            .servlet("e", "/e", "WasmModule", "WEB-INF/environment.wasm", "WasmEnableCGI", "Off")
            .deploy(container.server())) {
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/e").body())
          .as("without CGI a program has no request data")
          .isEqualTo("environment.wasm\0");
    }
  }

  @OnEveryContainer
  void joinsRepeatedHeadersAndWithholdsDeceptiveOnes(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    RawResponse response =
        RawHttp.get(
            app.port(),
            Probe.target(app, "env"),
            "Accept: a",
            "Accept: b",
            "Cookie: c=1",
            "Cookie: d=2",
            "Proxy: evil",
            "Authorization: Basic eDp5",
            "Proxy-Authorization: Basic eDp5",
            "X_Spoof: 1");
    assertThat(response.variable("HTTP_ACCEPT")).isEqualTo("a, b");
    assertThat(response.variable("HTTP_COOKIE")).isEqualTo("c=1; d=2");
    assertThat(response.variable("HTTP_PROXY")).isNull();
    assertThat(response.variable("HTTP_AUTHORIZATION")).isNull();
    assertThat(response.variable("HTTP_PROXY_AUTHORIZATION")).isNull();
    assertThat(response.variable("HTTP_X_SPOOF")).isNull();
  }

  @OnEveryContainer
  void letsWasmEnvOverrideAndRoutesPassCredentials(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet(
                "p", "/p",
                "WasmModule", "WEB-INF/probe.wasm",
                "WasmEnableCGI", "on",
                "WasmGateway", gateway(),
                "WasmFreeze", freeze(),
                "WasmCGIPassAuth", "On",
                "WasmArg", "--flag\n\"two words\"",
                "WasmEnv", "HTTPS on\nSERVER_NAME overridden\nQUOTED 'a \"b\"'")
            .deploy(container.server())) {
      RawResponse response =
          RawHttp.get(app.port(), app.contextPath() + "/p?env", "Authorization: Bearer t");
      assertThat(response.variable("HTTP_AUTHORIZATION")).isEqualTo("Bearer t");
      assertThat(response.variable("SERVER_NAME")).isEqualTo("overridden");
      assertThat(response.variable("HTTPS")).isEqualTo("on");
      assertThat(response.variable("QUOTED")).isEqualTo("a \"b\"");
      assertThat(response.variable("argv[1]")).isEqualTo("--flag");
      assertThat(response.variable("argv[2]")).isEqualTo("two words");
      assertThat(response.body().lines().filter(line -> line.startsWith("SERVER_NAME=")))
          .hasSize(1);
    }
  }

  @OnEveryContainer
  void passesEveryMethod(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    for (String method : new String[] {"DELETE", "PUT", "PATCH", "OPTIONS", "PROPFIND", "X-odd"}) {
      RawResponse response = RawHttp.exchange(app.port(), method, Probe.target(app, "env"), null);
      assertThat(response.variable("REQUEST_METHOD")).isEqualTo(method);
    }
  }

  @OnEveryContainer
  void refusesNulInThePath(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    assertThat(RawHttp.get(app.port(), app.contextPath() + "/probe/a%00b?env").status())
        .isEqualTo(400);
  }

  @OnEveryContainer
  void streamsABodyOfDeclaredLength(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    byte[] body = new byte[1_000_000];
    new Random(1).nextBytes(body);
    RawResponse response =
        RawHttp.post(app.port(), Probe.target(app, "echo"), body, "Content-Type: image/png");
    assertThat(response.bytes()).isEqualTo(body);
    RawResponse environment =
        RawHttp.post(app.port(), Probe.target(app, "env"), body, "Content-Type: image/png");
    assertThat(environment.variable("CONTENT_LENGTH")).isEqualTo("1000000");
    assertThat(environment.variable("CONTENT_TYPE")).isEqualTo("image/png");
    assertThat(environment.variable("HTTP_CONTENT_TYPE")).isNull();
    assertThat(environment.variable("HTTP_CONTENT_LENGTH")).isNull();
  }

  @OnEveryContainer
  void tellsTheLengthOfAChunkedBody(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    byte[] body = new byte[200_000];
    Arrays.fill(body, (byte) 'c');
    assertThat(postChunked(app, "env", body).variable("CONTENT_LENGTH")).isEqualTo("200000");
    assertThat(postChunked(app, "echo", body).bytes()).isEqualTo(body);
    assertThat(postChunked(app, "env", new byte[0]).variable("CONTENT_LENGTH")).isEqualTo("0");
  }

  @OnEveryContainer
  void refusesBodiesAboveTheLimit(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet(
                "p", "/probe",
                "WasmModule", "WEB-INF/probe.wasm",
                "WasmEnableCGI", "On",
                "WasmGateway", gateway(),
                "WasmFreeze", freeze(),
                "WasmMaxRequestBody", "1KB")
            .deploy(container.server())) {
      assertThat(RawHttp.post(app.port(), Probe.target(app, "echo"), new byte[1024]).status())
          .isEqualTo(200);
      assertThat(RawHttp.post(app.port(), Probe.target(app, "echo"), new byte[1025]).status())
          .isEqualTo(413);
      assertThat(postChunked(app, "echo", new byte[1024]).status()).isEqualTo(200);
      assertThat(postChunked(app, "echo", new byte[1025]).status()).isEqualTo(413);
    }
  }

  @OnEveryContainer
  void neverReadsPastTheDeclaredLength(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(
          "POST "
              + Probe.target(app, "echo")
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"
              + "GET "
              + Probe.target(app, "env")
              + " HTTP/1.1\r\nHost: second\r\nConnection: close\r\n\r\n");
      assertThat(connection.read("POST").body()).isEqualTo("body");
      assertThat(connection.read("GET").variable("HTTP_HOST")).isEqualTo("second");
    }
  }

  @OnEveryContainer
  void leavesTheRestOfABodyThatTheProgramDoesNotRead(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(
          "POST "
              + Probe.target(app, "read", 3)
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789"
              + "GET "
              + Probe.target(app, "env")
              + " HTTP/1.1\r\nHost: second\r\nConnection: close\r\n\r\n");
      assertThat(connection.read("POST").body()).isEqualTo("012");
      assertThat(connection.read("GET").variable("HTTP_HOST")).isEqualTo("second");
    }
  }

  @OnEveryContainer
  void doesNotTakeACutBodyForAWholeOne(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(Probe.cutRequest(app, "echo"));
      connection.endOutput();
      RawResponse response = null;
      try {
        response = connection.read("POST");
      } catch (IOException e) {
        // Cut off without an answer is right as well: nobody may be listening.
        return;
      }
      assertThat(response.status() == 400 || !response.whole()).as(response.toString()).isTrue();
    }
  }

  @OnEveryContainer
  void tellsAClientThatSendsLessThanItDeclaredSo(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(Probe.cutRequest(app, "swallow"));
      connection.endOutput();
      assertThat(connection.readStatus()).isEqualTo(400);
    }
  }

  @OnEveryContainer
  void invitesAClientThatExpectsToContinue(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(
          "POST "
              + Probe.target(app, "echo")
              + " HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "Connection: close\r\n"
              + "Expect: 100-continue\r\n"
              + "Content-Length: 5\r\n\r\n");
      assertThat(connection.read("POST").status()).isEqualTo(100);
      connection.send("hello");
      assertThat(connection.read("POST").body()).isEqualTo("hello");
    }
  }

  @OnEveryContainer
  void dividesAnExtensionMappingAtTheScript(Container container) throws Exception {
    WebApp webApp = new WebApp();
    try (WebApp.Deployed app =
        webApp
            .probe()
            .file("sub/page.cgi", "not read by the probe")
            .servlet(
                "p", "*.cgi",
                "WasmModule", "WEB-INF/probe.wasm",
                "WasmEnableCGI", "On",
                "WasmGateway", gateway(),
                "WasmFreeze", freeze(),
                "WasmMapCGIFileNames", "On",
                "WasmMapDir", "/docs " + webApp.directory() + " ro")
            .deploy(container.server())) {
      RawResponse plain = RawHttp.get(app.port(), app.contextPath() + "/sub/page.cgi?env");
      assertThat(plain.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/sub/page.cgi");
      assertThat(plain.variable("SCRIPT_FILENAME")).isEqualTo("/docs/sub/page.cgi");
      assertThat(plain.variable("DOCUMENT_ROOT")).isEqualTo("/docs");
      assertThat(plain.variable("PATH_INFO")).isNull();
      RawResponse split = RawHttp.get(app.port(), app.contextPath() + "/sub/page.cgi/x.cgi?env");
      assertThat(split.variable("SCRIPT_NAME")).isEqualTo(app.contextPath() + "/sub/page.cgi");
      assertThat(split.variable("PATH_INFO")).isEqualTo("/x.cgi");
      assertThat(split.variable("PATH_TRANSLATED")).isEqualTo("/docs/x.cgi");
    }
  }

  @OnEveryContainer
  void tellsHostPathsOnlyWhereTheProgramHasThem(Container container) throws Exception {
    WebApp webApp = new WebApp();
    try (WebApp.Deployed app =
        webApp
            .probe()
            .servlet(
                "p",
                "/p/*",
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmGateway",
                gateway(),
                "WasmFreeze",
                freeze(),
                "WasmDir",
                webApp.directory() + " ro")
            .deploy(container.server())) {
      RawResponse response = RawHttp.get(app.port(), app.contextPath() + "/p/x?env");
      assertThat(response.variable("DOCUMENT_ROOT")).isEqualTo(webApp.directory().toString());
    }
  }

  @OnEveryContainer
  void tellsTheStatusToAnErrorPage(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet(
                "p", "/error-page",
                "WasmModule", "WEB-INF/probe.wasm",
                "WasmEnableCGI", "On",
                "WasmGateway", gateway(),
                "WasmFreeze", freeze())
            .descriptor(
                "<error-page><error-code>404</error-code><location>/error-page?env</location></error-page>")
            .deploy(container.server())) {
      RawResponse response = RawHttp.get(app.port(), app.contextPath() + "/missing%20page?q=1");
      assertThat(response.variable("REDIRECT_STATUS")).isEqualTo("404");
      assertThat(response.variable("REDIRECT_URL")).isEqualTo(app.contextPath() + "/missing page");
      assertThat(response.variable("REQUEST_URI"))
          .startsWith(app.contextPath() + "/missing%20page");
    }
  }

  private static RawResponse postChunked(WebApp.Deployed app, String command, byte[] body)
      throws Exception {
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(
          "POST "
              + Probe.target(app, command)
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int at = 0; at < body.length; at += 700) {
        int size = Math.min(700, body.length - at);
        connection.send(Integer.toHexString(size) + "\r\n");
        connection.send(Arrays.copyOfRange(body, at, at + size));
        connection.send("\r\n");
      }
      connection.send("0\r\n\r\n".getBytes(UTF_8));
      return connection.read("POST");
    }
  }
}
