package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** What becomes of a program's output: docs/cgi.md, second part. */
class CgiResponseTest {
  private static final String LARGE = "200000";

  /** As WasmGateway names it; other gateways read the same. */
  String gateway() {
    return "cgi";
  }

  /** As WasmFreeze names it; a frozen program is told and answers the same. */
  String freeze() {
    return "Off";
  }

  @OnEveryContainer
  void passesStatusHeadersAndBody(Container container) throws Exception {
    RawResponse response =
        raw(
            container,
            "Content-Type: text/plain; charset=utf-8\r\n"
                + "Status: 404 Not Found\r\n"
                + "X-Odd:  v \r\n\r\n"
                + "not here");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.header("Content-Type"))
        .isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
    assertThat(response.header("X-Odd")).isEqualTo("v");
    assertThat(response.body()).isEqualTo("not here");
    assertThat(response.whole()).isTrue();
  }

  @OnEveryContainer
  void keepsTheBodyOfAnErrorStatus(Container container) throws Exception {
    for (int status : new int[] {400, 403, 412, 500, 503}) {
      RawResponse response =
          raw(container, "Status: " + status + "\nContent-Type: text/plain\n\nmine " + status);
      assertThat(response.status()).isEqualTo(status);
      assertThat(response.body()).isEqualTo("mine " + status);
    }
  }

  @OnEveryContainer
  void keepsEveryCookieInOrder(Container container) throws Exception {
    RawResponse response =
        raw(
            container,
            "Set-Cookie: a=1; Path=/\n"
                + "Content-Type: text/plain\n"
                + "Set-Cookie: b=2\n"
                + "set-cookie: c=3\n\n");
    assertThat(response.all("Set-Cookie")).containsExactly("a=1; Path=/", "b=2", "c=3");
  }

  @OnEveryContainer
  void redirectsTheClientToOtherPlaces(Container container) throws Exception {
    for (String location :
        new String[] {
          "https://example.com/x",
          "/elsewhere/x",
          "//example.com/x",
          Probe.on(container, gateway(), freeze()).contextPath() + "/WEB-INF/web.xml"
        }) {
      RawResponse response = raw(container, "Location: " + location + "\n\n");
      assertThat(response.status()).as(location).isEqualTo(302);
      assertThat(response.header("Location")).isEqualTo(location);
      assertThat(response.body()).doesNotContain("web-app");
    }
  }

  @OnEveryContainer
  void passesARedirectWithStatusAndBodyAsGiven(Container container) throws Exception {
    RawResponse response =
        raw(
            container,
            "Status: 303 See Other\n"
                + "Location: /x\n"
                + "Set-Cookie: a=1\n"
                + "Content-Type: text/plain\n\n"
                + "see /x");
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.header("Location")).isEqualTo("/x");
    assertThat(response.header("Set-Cookie")).isEqualTo("a=1");
    assertThat(response.body()).isEqualTo("see /x");
  }

  @OnEveryContainer
  void sendsNoBodyWhereThereIsNone(Container container) throws Exception {
    RawResponse noContent = raw(container, "Status: 204 No Content\n\nignored");
    assertThat(noContent.status()).isEqualTo(204);
    RawResponse notModified = raw(container, "Status: 304\nETag: \"x\"\n\n");
    assertThat(notModified.status()).isEqualTo(304);
    assertThat(notModified.header("ETag")).isEqualTo("\"x\"");
  }

  @OnEveryContainer
  void runsTheProgramForHeadAndDropsTheBody(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(
          "HEAD "
              + Probe.target(
                  app, "raw", "Content-Type: text/plain\nContent-Length: 4\nX-Ran: yes\n\nbody")
              + " HTTP/1.1\r\nHost: x\r\n\r\nGET "
              + Probe.target(app, "raw", "Content-Type: text/plain\n\nnext")
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      RawResponse head = connection.read("HEAD");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("X-Ran")).isEqualTo("yes");
      assertThat(head.header("Content-Length")).isEqualTo("4");
      assertThat(connection.read("GET").body()).isEqualTo("next");
    }
  }

  @OnEveryContainer
  void dropsWhatConcernsTheConnection(Container container) throws Exception {
    RawResponse response =
        raw(
            container,
            "Content-Type: text/plain\n"
                + "Transfer-Encoding: gzip\n"
                + "Upgrade: h2c\n"
                + "Keep-Alive: x\n"
                + "Trailer: T\n\n"
                + "body");
    assertThat(response.body()).isEqualTo("body");
    assertThat(response.all("Upgrade")).isEmpty();
    assertThat(response.all("Trailer")).isEmpty();
    assertThat(response.all("Keep-Alive")).isEmpty();
  }

  @OnEveryContainer
  void takesAStatusLineForAStatus(Container container) throws Exception {
    RawResponse response =
        raw(container, "HTTP/1.1 418 Teapot\r\nContent-Type: text/plain\r\n\r\nshort and stout");
    assertThat(response.status()).isEqualTo(418);
    assertThat(response.body()).isEqualTo("short and stout");
  }

  @OnEveryContainer
  void answersMalformedOutputWith502AndNothingOfIt(Container container) throws Exception {
    for (String output :
        new String[] {
          "",
          "secret without a header",
          "X-Secret: 1\nContent-Type: text/plain\n",
          "\nsecret",
          "X-Secret: 1\nbad line secret\n\nsecret",
          "X-Secret: a\rInjected: b\n\nsecret",
          "X-Secret: a\0b\n\nsecret",
          "X-Secret: 1\nStatus: 200\nStatus: 404\n\nsecret",
          "X-Secret: 1\nStatus: 700\n\nsecret",
          "X-Secret: 1\nContent-Length: x\n\nsecret",
          "X-Secret: 1\nContent-Length: 100\n\nsecret",
          "X-Secret: 1\nContent-Length: 3\n\nsecret"
        }) {
      try (LogCapture log = new LogCapture()) {
        RawResponse response = raw(container, output);
        assertThat(response.status()).as(output).isEqualTo(502);
        assertThat(response.all("X-Secret")).isEmpty();
        assertThat(response.body()).doesNotContain("secret");
        assertThat(log.messages()).anyMatch(m -> m.contains("malformed CGI response"));
      }
    }
  }

  @OnEveryContainer
  void cutsTheConnectionWhenABodyIsShorterThanDeclared(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    RawResponse response =
        RawHttp.get(
            app.port(),
            Probe.target(
                app, "exit", 0, "Content-Type: text/plain\nContent-Length: 900000\n\n", LARGE));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.whole()).isFalse();
  }

  @OnEveryContainer
  void answersAFailureBeforeTheResponseIsCommittedWith500(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    for (String target :
        new String[] {
          Probe.target(app, "exit", 3),
          Probe.target(app, "exit", 3, "Content-Type: text/plain\nX-Secret: 1\npartial: 1\n"),
          Probe.target(app, "trap", 0, "Content-Type: text/plain\nX-Secret: 1\n\npartial")
        }) {
      RawResponse response = RawHttp.get(app.port(), target);
      assertThat(response.status()).as(target).isEqualTo(500);
      assertThat(response.body()).doesNotContain("partial").doesNotContain("probe.wasm");
      assertThat(response.all("X-Secret")).isEmpty();
    }
  }

  @OnEveryContainer
  void cutsTheConnectionAfterAFailureInMidResponse(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    for (String target :
        new String[] {
          Probe.target(app, "trap", LARGE, "Content-Type: text/plain\n\n"),
          Probe.target(app, "exit", 3, "Content-Length: 900000\n\n", LARGE)
        }) {
      RawResponse response = RawHttp.get(app.port(), target);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.whole()).as(target).isFalse();
    }
  }

  @OnEveryContainer
  void deliversACompleteResponseWhateverTheExitCode(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    for (int status : new int[] {200, 302, 404, 500}) {
      try (LogCapture log = new LogCapture()) {
        RawResponse response =
            RawHttp.get(
                app.port(),
                Probe.target(
                    app,
                    "exit",
                    255,
                    "Status: "
                        + status
                        + "\nContent-Type: text/plain\nLocation: /x\n\nmy own page"));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Location")).isEqualTo("/x");
        assertThat(response.body()).isEqualTo("my own page");
        assertThat(response.whole()).isTrue();
        assertThat(log.messages()).anyMatch(m -> m.endsWith("exit code 255, after its response"));
      }
    }
    RawResponse large =
        RawHttp.get(app.port(), Probe.target(app, "exit", 4, "Content-Type: a/b\n\n", LARGE));
    assertThat(large.bytes()).hasSize(Integer.parseInt(LARGE));
    assertThat(large.whole()).isTrue();
    RawResponse redirected =
        RawHttp.get(
            app.port(),
            Probe.target(app, "exit", 4, "Location: " + Probe.target(app, "env") + "\n\n"));
    assertThat(redirected.variable("QUERY_STRING")).isEqualTo("env");
  }

  @OnEveryContainer
  void tellsTheLogWhatOutputIsThrownAway(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    for (String command : new String[] {"exit", "trap"}) {
      try (LogCapture log = new LogCapture()) {
        String output = "Fatal error: \u202e\u001b[2J" + "x".repeat(300);
        RawResponse response = RawHttp.get(app.port(), Probe.target(app, command, 0, output));
        assertThat(response.status()).isEqualTo(command.equals("exit") ? 502 : 500);
        assertThat(response.body()).doesNotContain("Fatal error");
        assertThat(log.messages())
            .anyMatch(m -> m.contains("'Fatal error: \\u202e\\u001b[2Jxxx"))
            .noneMatch(m -> m.contains("x".repeat(201)));
      }
    }
    try (LogCapture log = new LogCapture()) {
      RawHttp.get(app.port(), Probe.target(app, "exit", 4, "No configuration\n"));
      assertThat(log.messages()).anyMatch(m -> m.contains("'No configuration'"));
    }
    try (LogCapture log = new LogCapture()) {
      RawHttp.get(app.port(), Probe.target(app, "exit", 4, "X: 1\n"));
      assertThat(log.messages())
          .anyMatch(m -> m.contains("exit code 4") && m.contains("began 'X: 1\\u000a'"));
    }
  }

  @OnEveryContainer
  void logsATrapWithItsBacktrace(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (LogCapture log = new LogCapture()) {
      RawHttp.get(app.port(), Probe.target(app, "trap", 0));
      assertThat(log.await(m -> m.contains("trap: ")))
          .contains("[probe ", "GET " + app.contextPath() + "/probe", "unreachable", "at main");
    }
  }

  @OnEveryContainer
  void streamsWhatTheProgramHasWrittenBeforeItReads(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(
          "POST "
              + Probe.target(app, "stream")
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n");
      // The program waits for the body now, which is sent only when its first line has come.
      connection.readUntil("first\n");
      connection.send("!");
      connection.readUntil("second\n");
    }
  }

  @OnEveryContainer
  void flushesBeforeTheProgramSleeps(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.send(
          "GET "
              + Probe.target(app, "sleep", 1500)
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      long start = System.nanoTime();
      connection.readUntil("before\n");
      long first = System.nanoTime();
      connection.readUntil("after\n");
      // Had both come at the end, no time would lie between them.
      assertThat(System.nanoTime() - first).isGreaterThan(500_000_000L).isLessThan(60_000_000_000L);
      assertThat(first).isGreaterThanOrEqualTo(start);
    }
  }

  @OnEveryContainer
  void stopsTheProgramWhenItsClientHasGone(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (LogCapture log = new LogCapture()) {
      try (RawHttp connection = new RawHttp(app.port())) {
        connection.send("GET " + Probe.target(app, "forever") + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(connection.readStatus()).isEqualTo(200);
        connection.readUntil("xxxx");
      }
      log.await(m -> m.contains("the client has gone"));
    }
    assertThat(RawHttp.get(app.port(), Probe.target(app, "env")).status()).isEqualTo(200);
  }

  @OnEveryContainer
  void logsStandardErrorByRequestAndWithinBounds(Container container) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    try (LogCapture log = new LogCapture()) {
      assertThat(
              RawHttp.get(app.port(), Probe.target(app, "stderr", 2, "oops {0} \u001b[2J")).body())
          .isEqualTo("done");
      assertThat(log.messages().stream().filter(m -> m.contains("stderr")))
          .hasSize(2)
          .allMatch(m -> m.matches("\\[probe [^ ]+\\] stderr: oops \\{0\\} \\\\u001b\\[2J"));
    }
    try (LogCapture log = new LogCapture()) {
      RawHttp.get(app.port(), Probe.target(app, "stderr", 100_000, "flood"));
      assertThat(log.messages()).hasSizeLessThan(600);
      assertThat(log.messages()).last().asString().contains("99500 more lines were left out");
    }
    try (LogCapture log = new LogCapture()) {
      // Unencoded, to stay below the containers' limit for a request's head.
      String query = "?stderr&1&" + "y".repeat(5000);
      RawHttp.get(app.port(), app.contextPath() + Probe.PATH + query);
      assertThat(log.messages()).anyMatch(m -> m.endsWith("yyy..."));
    }
  }

  @OnEveryContainer
  void servesPlainOutputWithoutCgi(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .file("WEB-INF/hello.wasm", Guests.core("hello"))
            .file("WEB-INF/trap.wasm", Guests.core("trap"))
            .file("WEB-INF/exit.wasm", Guests.core("exit"))
            .servlet("hello", "/hello", "WasmModule", "WEB-INF/hello.wasm")
            .servlet(
                "twice", "/twice", "WasmModule", "WEB-INF/hello.wasm", "WasmEntryPoint", "other")
            .servlet("trap", "/trap", "WasmModule", "WEB-INF/trap.wasm")
            .servlet("exit0", "/exit0", "WasmModule", "WEB-INF/exit.wasm")
            .servlet(
                "exit3", "/exit3", "WasmModule", "WEB-INF/exit.wasm", "WasmEntryPoint", "exit_3")
            .deploy(container.server())) {
      RawResponse hello = RawHttp.get(app.port(), app.contextPath() + "/hello");
      assertThat(hello.body()).isEqualTo("hello\n");
      assertThat(hello.header("Content-Type")).isNull();
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/twice").body())
          .isEqualTo("hello\nhello\n");
      assertThat(RawHttp.exchange(app.port(), "HEAD", app.contextPath() + "/hello", null).status())
          .isEqualTo(200);
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/trap").status()).isEqualTo(500);
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/exit0").status()).isEqualTo(200);
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/exit3").status()).isEqualTo(500);
    }
  }

  private RawResponse raw(Container container, String output) throws Exception {
    WebApp.Deployed app = Probe.on(container, gateway(), freeze());
    return RawHttp.get(app.port(), Probe.target(app, "raw", output));
  }
}
