package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainerAndProtocol;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.OpenExchange;
import org.wasmservlet.test.http.Protocol;
import org.wasmservlet.test.http.RawResponse;

/** A client that sends its body a little at a time has as much time as the program has. */
class SlowClientTest {
  /** By themselves, the containers would go on for as long as something comes. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  /** Of shorter pieces Tomcat has enough after a few, over HTTP/2. */
  private static final byte[] LITTLE = "x".repeat(1100).getBytes(UTF_8);

  @OnEveryContainerAndProtocol
  void aBodyOfUnknownLengthHasTheProgramsTime(Container container, Protocol protocol)
      throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmTimeout", "500ms")) {
      assertIsAnsweredInTime(app, protocol, Protocol.UNKNOWN_LENGTH);
      assertAnswersTheNextRequest(app, protocol);
    }
  }

  @OnEveryContainerAndProtocol
  void aBodyThatIsReadBeforeTheLockIsHadToo(Container container, Protocol protocol)
      throws Exception {
    try (WebApp.Deployed app =
        probe(container, "WasmTimeout", "500ms", "WasmLockFile", "WEB-INF/lock")) {
      assertIsAnsweredInTime(app, protocol, 1_000_000);
      assertIsAnsweredInTime(app, protocol, Protocol.UNKNOWN_LENGTH);
      assertAnswersTheNextRequest(app, protocol);
    }
  }

  @OnEveryContainerAndProtocol
  void whatTheClientTakesIsTakenFromTheProgramsTime(Container container, Protocol protocol)
      throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = probe(container, "WasmTimeout", "3s");
        OpenExchange open =
            protocol.open(
                app.port(), "POST", Probe.target(app, "sleep", 2_000), Protocol.UNKNOWN_LENGTH)) {
      long start = System.nanoTime();
      open.send(LITTLE);
      while (System.nanoTime() - start < Duration.ofMillis(1500).toNanos()) {
        open.send(LITTLE);
        TimeUnit.MILLISECONDS.sleep(50);
      }
      open.endBody();
      assertThat(open.read().whole()).isFalse();
      log.await(message -> message.contains("stopped after 3000 ms (WasmTimeout)"));
    }
  }

  @OnEveryContainerAndProtocol
  void aNumberOfThemDoesNotKeepOthersOut(Container container, Protocol protocol) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            probe(container, "WasmTimeout", "60s", "WasmMaxConcurrent", "2", "WasmMaxQueue", "8")) {
      List<OpenExchange> slow = new ArrayList<>();
      try {
        for (int i = 0; i < 5; i++) {
          OpenExchange open =
              protocol.open(
                  app.port(), "POST", Probe.target(app, "swallow"), Protocol.UNKNOWN_LENGTH);
          slow.add(open);
          open.send(LITTLE);
        }
        // One of them is one too many, and whoever has no such body is not kept waiting.
        log.await(message -> message.contains("bodies are being read"));
        RawResponse post =
            protocol.exchange(app.port(), "POST", Probe.target(app, "swallow"), LITTLE);
        assertThat(post.body()).isEqualTo("swallowed\n");
        assertThat(statusesAtTheEnd(slow)).containsExactly(200, 200, 200, 200, 503);
      } finally {
        for (OpenExchange open : slow) {
          open.close();
        }
      }
      assertAnswersTheNextRequest(app, protocol);
    }
  }

  private static List<Integer> statusesAtTheEnd(List<OpenExchange> slow) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (OpenExchange open : slow) {
      try {
        open.endBody();
      } catch (IOException e) {
        // Whoever was refused has been answered already.
      }
      RawResponse response = open.read();
      assertThat(response.header("Retry-After") != null).isEqualTo(response.status() == 503);
      statuses.add(response.status());
    }
    Collections.sort(statuses);
    return statuses;
  }

  private static void assertIsAnsweredInTime(WebApp.Deployed app, Protocol protocol, long length)
      throws Exception {
    ScheduledExecutorService sender = new ScheduledThreadPoolExecutor(1);
    try (OpenExchange open =
        protocol.open(app.port(), "POST", Probe.target(app, "swallow"), length)) {
      sender.scheduleAtFixedRate(() -> sendLittle(open), 0, 50, TimeUnit.MILLISECONDS);
      long start = System.nanoTime();
      assertThat(open.readStatus()).isEqualTo(408);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    } finally {
      sender.shutdownNow();
    }
  }

  private static void sendLittle(OpenExchange open) {
    try {
      open.send(LITTLE);
    } catch (IOException e) {
      throw new IllegalStateException("nobody listens any more", e);
    }
  }

  private static void assertAnswersTheNextRequest(WebApp.Deployed app, Protocol protocol)
      throws Exception {
    RawResponse next =
        protocol.exchangeOfUnknownLength(app.port(), "POST", Probe.target(app, "swallow"), LITTLE);
    assertThat(next.body()).isEqualTo("swallowed\n");
  }

  private static WebApp.Deployed probe(Container container, String... initParams) throws Exception {
    String[] all = new String[initParams.length + 4];
    System.arraycopy(initParams, 0, all, 4, initParams.length);
    all[0] = "WasmModule";
    all[1] = "WEB-INF/probe.wasm";
    all[2] = "WasmEnableCGI";
    all[3] = "On";
    return new WebApp().probe().servlet("probe", Probe.PATH + "/*", all).deploy(container.server());
  }
}
