package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainerAndProtocol;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.OpenExchange;
import org.wasmservlet.test.http.Protocol;
import org.wasmservlet.test.http.RawResponse;

/** No client takes a part of a response for the whole. */
class CutResponseTest {
  private static final int LARGE = 1 << 18;

  private static final String HEADER = "Content-Type: text/plain\n\n";

  @OnEveryContainerAndProtocol
  void aTrapInMidResponseIsToldByTheProtocol(Container container, Protocol protocol)
      throws Exception {
    WebApp.Deployed app = Probe.on(container);
    assertCut(protocol.get(app.port(), Probe.target(app, "trap", LARGE, HEADER)));
    assertAnswersTheNextRequest(app, protocol);
  }

  @OnEveryContainerAndProtocol
  void aTrapIsToldByAStatusBeforeTheResponseHasBegun(Container container, Protocol protocol)
      throws Exception {
    WebApp.Deployed app = Probe.on(container);
    RawResponse response = protocol.get(app.port(), Probe.target(app, "trap", 10, HEADER));
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.whole()).isTrue();
    response =
        protocol.exchange(app.port(), "HEAD", Probe.target(app, "trap", LARGE, HEADER), null);
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.whole()).isTrue();
  }

  @OnEveryContainerAndProtocol
  void aTrapThatLeavesADeclaredLengthShort(Container container, Protocol protocol)
      throws Exception {
    WebApp.Deployed app = Probe.on(container);
    assertCut(
        protocol.get(
            app.port(),
            Probe.target(app, "trap", LARGE, "Content-Length: " + 2 * LARGE + "\n" + HEADER)));
  }

  @OnEveryContainerAndProtocol
  void aProgramThatEndsBeforeItsDeclaredLength(Container container, Protocol protocol)
      throws Exception {
    WebApp.Deployed app = Probe.on(container);
    assertCut(
        protocol.get(
            app.port(),
            Probe.target(app, "exit", 0, "Content-Length: " + 2 * LARGE + "\n" + HEADER, LARGE)));
    assertAnswersTheNextRequest(app, protocol);
  }

  @OnEveryContainerAndProtocol
  void aProgramThatIsStoppedInMidResponse(Container container, Protocol protocol) throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmTimeout", "300ms")) {
      RawResponse response = protocol.get(app.port(), Probe.target(app, "sleep", 3_600_000));
      assertCut(response);
      assertThat(response.body()).isEqualTo("before\n");
      assertAnswersTheNextRequest(app, protocol);
    }
  }

  @OnEveryContainerAndProtocol
  void aProgramThatWritesTooMuch(Container container, Protocol protocol) throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmMaxOutput", "1MB")) {
      assertCut(protocol.get(app.port(), Probe.target(app, "forever")));
      assertAnswersTheNextRequest(app, protocol);
    }
  }

  @OnEveryContainerAndProtocol
  void aPlainProgramThatTraps(Container container, Protocol protocol) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .file("WEB-INF/forever.wasm", Guests.probe())
            .servlet(
                "plain",
                "/plain",
                "WasmModule",
                "WEB-INF/forever.wasm",
                "WasmEnv",
                "QUERY_STRING trap&" + LARGE + "&x")
            .deploy(container.server())) {
      assertCut(protocol.get(app.port(), app.contextPath() + "/plain"));
      RawResponse head = protocol.exchange(app.port(), "HEAD", app.contextPath() + "/plain", null);
      assertThat(head.status()).isEqualTo(500);
    }
  }

  /** An application's own page for errors is none for a response that has begun. */
  @OnEveryContainerAndProtocol
  void anErrorPageOfTheApplicationDoesNotMakeItWhole(Container container, Protocol protocol)
      throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet("probe", "/probe/*", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
            .file("sorry.html", "sorry")
            .descriptor(
                "<error-page><error-code>500</error-code><location>/sorry.html</location>"
                    + "</error-page><error-page><exception-type>java.lang.Throwable"
                    + "</exception-type><location>/sorry.html</location></error-page>\n")
            .deploy(container.server())) {
      assertCut(protocol.get(app.port(), Probe.target(app, "trap", LARGE, HEADER)));
    }
  }

  @OnEveryContainerAndProtocol
  void aFileThatShrinksWhileItIsSent(Container container, Protocol protocol) throws Exception {
    Path root = Scratch.directory("shrinks");
    Path file = root.resolve("large.txt");
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet(
                "files",
                "/files/*",
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmDocumentRoot",
                root.toString(),
                "WasmDirectoryIndex",
                "index.none")
            .deploy(container.server())) {
      // One moment in five was a bad one for whoever maps the file.
      for (int i = 0; i < 10; i++) {
        Files.write(file, new byte[64 << 20]);
        try (OpenExchange open =
            protocol.open(
                app.port(), "GET", app.contextPath() + "/files/large.txt", Protocol.NO_BODY)) {
          // Much more than the buffers between hold: it is not all sent when it shrinks.
          assertThat(open.readStatus()).isEqualTo(200);
          Files.write(file, new byte[1]);
          assertThat(open.endsWhole()).isFalse();
        }
      }
    }
  }

  private static void assertCut(RawResponse response) {
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.whole()).as("it seems whole").isFalse();
    assertThat(response.end()).isNotEqualTo(RawResponse.End.SHORT);
  }

  private static void assertAnswersTheNextRequest(WebApp.Deployed app, Protocol protocol)
      throws Exception {
    RawResponse next = protocol.get(app.port(), Probe.target(app, "raw", HEADER + "next"));
    assertThat(next.body()).isEqualTo("next");
    assertThat(next.whole()).isTrue();
  }

  private static WebApp.Deployed probe(Container container, String... initParams) throws Exception {
    String[] all = new String[initParams.length + 4];
    System.arraycopy(initParams, 0, all, 4, initParams.length);
    all[0] = "WasmModule";
    all[1] = "WEB-INF/probe.wasm";
    all[2] = "WasmEnableCGI";
    all[3] = "On";
    TestServer server = container.server();
    return new WebApp().probe().servlet("probe", Probe.PATH + "/*", all).deploy(server);
  }
}
