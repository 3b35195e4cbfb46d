package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** A guest that reaches a limit is stopped, and the server answers the next request. */
class LimitsTest {
  /** By themselves, the containers give a silent client 20 seconds or more. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  /** How long after its time a guest may go on. */
  private static final Duration LATE = Duration.ofMillis(100);

  /**
   * Other work of the machine may delay some; a guest that is never stopped in time is one too
   * many.
   */
  private static final int TRIES = 10;

  @OnEveryContainer
  void stopsAGuestThatComputesForEver(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            new WebApp()
                .file("WEB-INF/trap.wasm", Guests.core("trap"))
                .servlet(
                    "spin", "/spin",
                    "WasmModule", "WEB-INF/trap.wasm",
                    "WasmEntryPoint", "spin",
                    "WasmTimeout", "200ms")
                .deploy(container.server())) {
      for (int i = 0; i < 3; i++) {
        assertThat(RawHttp.get(app.port(), app.contextPath() + "/spin").status()).isEqualTo(504);
      }
      assertThat(log.messages())
          .anyMatch(
              m ->
                  m.endsWith(
                      "GET " + app.contextPath() + "/spin: stopped after 200 ms (WasmTimeout)"));
    }
  }

  @OnEveryContainer
  void stopsAGuestThatSleeps(Container container) throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmTimeout", "200ms")) {
      RawResponse response = RawHttp.get(app.port(), Probe.target(app, "sleep", 3_600_000));
      assertThat(response.body()).isEqualTo("before\n");
      assertThat(response.whole()).isFalse();
      assertAnswersTheNextRequest(app);
    }
  }

  @OnEveryContainer
  void stopsAGuestWhoseClientDoesNotSendItsBody(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = probe(container, "WasmTimeout", "200ms");
        RawHttp client = new RawHttp(app.port())) {
      long start = System.nanoTime();
      client.send(Probe.cutRequest(app, "echo"));
      log.await(message -> message.contains("stopped after 200 ms"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      assertAnswersTheNextRequest(app);
    }
  }

  @OnEveryContainer
  void tellsAClientThatDoesNotSendItsBodySo(Container container) throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmTimeout", "200ms");
        RawHttp client = new RawHttp(app.port())) {
      client.send(Probe.cutRequest(app, "swallow"));
      // Tomcat answers a read that fails itself.
      boolean tomcat = container == Container.TOMCAT_11 || container == Container.TOMCAT_10;
      assertThat(client.readStatus()).isEqualTo(tomcat ? 408 : 504);
    }
  }

  @OnEveryContainer
  void stopsAGuestWhoseClientDoesNotReadTheResponse(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = probe(container, "WasmTimeout", "500ms", "WasmMaxOutput", "100GB");
        RawHttp client = new RawHttp(app.port())) {
      long start = System.nanoTime();
      client.send(endless(app));
      log.await(message -> message.contains("stopped after 500 ms"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      assertAnswersTheNextRequest(app);
    }
  }

  @OnEveryContainer
  void stopsAGuestInTimeThatWaitsForItsClient(Container container) throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmTimeout", "300ms")) {
      assertThat(
              latenessOfTheBestTry(Duration.ofMillis(300), app, Probe.cutRequest(app, "swallow")))
          .isLessThan(LATE);
      assertAnswersTheNextRequest(app);
    }
  }

  @OnEveryContainer
  void stopsAGuestInTimeWhoseClientTakesNothing(Container container) throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmTimeout", "300ms", "WasmMaxOutput", "100GB")) {
      assertThat(latenessOfTheBestTry(Duration.ofMillis(300), app, endless(app))).isLessThan(LATE);
      assertAnswersTheNextRequest(app);
    }
  }

  @OnEveryContainer
  void cutsAResponseThatGrowsPastTheLimit(Container container) throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmMaxOutput", "1MB")) {
      RawResponse response = RawHttp.get(app.port(), Probe.target(app, "forever"));
      assertThat(response.whole()).isFalse();
      assertThat(response.bytes().length).isLessThanOrEqualTo(1 << 20);
      assertAnswersTheNextRequest(app);
      assertThat(RawHttp.exchange(app.port(), "HEAD", Probe.target(app, "forever"), null).status())
          .isEqualTo(500);
    }
  }

  @OnEveryContainer
  void refusesMemoryPastTheLimit(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            new WebApp()
                .file("WEB-INF/grow.wasm", Guests.core("grow"))
                .servlet(
                    "grow", "/grow",
                    "WasmModule", "WEB-INF/grow.wasm",
                    "WasmMemoryLimit", "10MB")
                .deploy(container.server())) {
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/grow").status()).isEqualTo(500);
      // The guest exits with the number of its pages.
      assertThat(log.messages()).anyMatch(message -> message.endsWith("exit code 160"));
    }
  }

  @OnEveryContainer
  void runsAGuestOnAsMuchStackAsItIsGiven(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            new WebApp()
                .file("WEB-INF/deep.wasm", Guests.core("deep"))
                .servlet(
                    "shallow", "/shallow",
                    "WasmModule", "WEB-INF/deep.wasm",
                    "WasmMaxStack", "256KB")
                .servlet(
                    "deep", "/deep",
                    "WasmModule", "WEB-INF/deep.wasm",
                    "WasmMaxStack", "256MB")
                .deploy(container.server())) {
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/shallow").status()).isEqualTo(500);
      assertThat(log.messages()).anyMatch(message -> message.contains("call stack exhausted"));
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/deep").status()).isEqualTo(200);
    }
  }

  @OnEveryContainer
  void refusesRequestsForWhichThereIsNoRoom(Container container) throws Exception {
    try (WebApp.Deployed app = probe(container, "WasmMaxConcurrent", "1", "WasmMaxQueue", "0");
        RawHttp running = new RawHttp(app.port())) {
      startStream(running, app);
      RawResponse refused = RawHttp.get(app.port(), Probe.target(app, "env"));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      running.send("x");
      running.readUntil("second");
      running.readUntil("0\r\n\r\n");
      assertAnswersTheNextRequest(app);
    }
  }

  @OnEveryContainer
  void letsRequestsWaitForRoomAndRefusesThemWhenItTakesTooLong(Container container)
      throws Exception {
    try (WebApp.Deployed app =
            probe(container, "WasmMaxConcurrent", "1", "WasmQueueTimeout", "100ms");
        RawHttp running = new RawHttp(app.port())) {
      startStream(running, app);
      assertThat(RawHttp.get(app.port(), Probe.target(app, "env")).status()).isEqualTo(503);
      running.send("x");
      running.readUntil("second");
    }
    try (WebApp.Deployed app =
        probe(container, "WasmMaxConcurrent", "1", "WasmQueueTimeout", "2m")) {
      ExecutorService clients = Executors.newFixedThreadPool(20);
      try {
        List<Future<RawResponse>> responses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          responses.add(
              clients.submit(() -> RawHttp.get(app.port(), Probe.target(app, "sleep", 10))));
        }
        for (Future<RawResponse> response : responses) {
          assertThat(response.get().body()).isEqualTo("before\nafter\n");
        }
      } finally {
        clients.shutdownNow();
      }
    }
  }

  /** On a server of its own: the budget is that of all who share the library. */
  @OnEveryContainer
  void refusesRequestsForWhichThereIsNoMemory(Container container) throws Exception {
    TestServer server = container.startOwn();
    WebApp webApp =
        new WebApp()
            .probe()
            .file("WEB-INF/grow.wasm", Guests.core("grow"))
            .descriptor(
                "<context-param><param-name>wasmMemoryBudget</param-name>"
                    + "<param-value>256KB</param-value></context-param>")
            .servlet("grow", "/grow", "WasmModule", "WEB-INF/grow.wasm")
            .servlet(
                "probe",
                Probe.PATH,
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmQueueTimeout",
                "100ms");
    webApp.complete();
    try (LogCapture log = new LogCapture()) {
      server.deploy(webApp.contextPath(), webApp.directory(), true);
      WebApp.Deployed app = new WebApp.Deployed(server, webApp.contextPath());
      // The guest exits with the number of its pages: all but what the other route can count on.
      RawResponse cutShort = RawHttp.get(app.port(), app.contextPath() + "/grow");
      assertThat(cutShort.status()).isEqualTo(503);
      assertThat(cutShort.header("Retry-After")).isEqualTo("5");
      assertThat(log.messages())
          .anyMatch(
              message ->
                  message.endsWith(
                      "refused: the memory of all guests is used up, which may have 262144 bytes"
                          + " (wasmMemoryBudget); the guest asked for more and ended with exit"
                          + " code 3"));
      try (RawHttp running = new RawHttp(app.port())) {
        startStream(running, app);
        RawResponse refused = RawHttp.get(app.port(), Probe.target(app, "env"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        log.await(message -> message.endsWith("(wasmMemoryBudget)"));
        running.send("x");
        running.readUntil("second");
        running.readUntil("0\r\n\r\n");
      }
      assertAnswersTheNextRequest(app);
    } finally {
      server.stop();
    }
  }

  /** As with any exit code of a program whose response has begun to go out. */
  @OnEveryContainer
  void letsAResponseStandWhoseProgramIsThenRefusedMemory(Container container) throws Exception {
    TestServer server = container.startOwn();
    WebApp webApp =
        new WebApp()
            .probe()
            .descriptor(
                "<context-param><param-name>wasmMemoryBudget</param-name>"
                    + "<param-value>1MB</param-value></context-param>")
            .servlet(
                "probe", Probe.PATH, "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On");
    webApp.complete();
    try (LogCapture log = new LogCapture()) {
      server.deploy(webApp.contextPath(), webApp.directory(), true);
      WebApp.Deployed app = new WebApp.Deployed(server, webApp.contextPath());
      RawResponse sent = RawHttp.get(app.port(), Probe.target(app, "grow", 100_000));
      assertThat(sent.status()).isEqualTo(200);
      assertThat(sent.body()).hasSize(100_000);
      assertThat(sent.whole()).isTrue();
      log.await(
          message ->
              message.endsWith(
                  "the guest asked for more and ended with exit code 3, after its response"));
      RawResponse unsent = RawHttp.get(app.port(), Probe.target(app, "grow", 10));
      assertThat(unsent.status()).isEqualTo(503);
      assertThat(unsent.whole()).isTrue();
    } finally {
      server.stop();
    }
  }

  /** One route takes all the memory that it gets, with all the guests that it may have. */
  @OnEveryContainer
  void keepsForEachRouteWhatItCanCountOn(Container container) throws Exception {
    TestServer server = container.startOwn();
    WebApp webApp =
        new WebApp()
            .probe()
            .file("WEB-INF/grow.wasm", Guests.core("grow"))
            .descriptor(
                "<context-param><param-name>wasmMemoryBudget</param-name>"
                    + "<param-value>2MB</param-value></context-param>")
            .servlet("grow", "/grow", "WasmModule", "WEB-INF/grow.wasm", "WasmMaxConcurrent", "8")
            .servlet(
                "probe", Probe.PATH, "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On");
    webApp.complete();
    ExecutorService clients = Executors.newFixedThreadPool(12);
    try {
      server.deploy(webApp.contextPath(), webApp.directory(), true);
      WebApp.Deployed app = new WebApp.Deployed(server, webApp.contextPath());
      CountDownLatch busy = new CountDownLatch(12);
      AtomicBoolean over = new AtomicBoolean();
      List<Future<Boolean>> greedy = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        greedy.add(
            clients.submit(
                () -> {
                  boolean refused = true;
                  while (!over.get()) {
                    refused &= RawHttp.get(app.port(), app.contextPath() + "/grow").status() == 503;
                    busy.countDown();
                  }
                  return refused;
                }));
      }
      busy.await();
      for (int i = 0; i < 100; i++) {
        assertThat(RawHttp.get(app.port(), Probe.target(app, "bytes", 3)).status())
            .as("request %d", i)
            .isEqualTo(200);
      }
      over.set(true);
      for (Future<Boolean> client : greedy) {
        assertThat(client.get()).isTrue();
      }
    } finally {
      clients.shutdownNow();
      server.stop();
    }
  }

  private static WebApp.Deployed probe(Container container, String... limits) throws Exception {
    List<String> initParams =
        new ArrayList<>(List.of("WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On"));
    initParams.addAll(List.of(limits));
    return new WebApp()
        .probe()
        .servlet("probe", Probe.PATH, initParams.toArray(new String[0]))
        .deploy(container.server());
  }

  /** A request for a page without an end. */
  private static String endless(WebApp.Deployed app) {
    return "GET " + Probe.target(app, "forever") + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  /**
   * How long after its time a guest goes on whose client sends a request, and no more, nor reads.
   */
  private static Duration latenessOfTheBestTry(
      Duration timeout, WebApp.Deployed app, String request) throws Exception {
    Duration best = BOUND;
    for (int i = 0; i < TRIES && best.compareTo(LATE) >= 0; i++) {
      try (LogCapture log = new LogCapture();
          RawHttp client = new RawHttp(app.port())) {
        long start = System.nanoTime();
        client.send(request);
        log.await(message -> message.contains("stopped after " + timeout.toMillis() + " ms"));
        Duration late = Duration.ofNanos(System.nanoTime() - start).minus(timeout);
        best = late.compareTo(best) < 0 ? late : best;
      }
    }
    return best;
  }

  /** Begins a request whose guest runs until a byte is sent. */
  private static void startStream(RawHttp client, WebApp.Deployed app) throws Exception {
    client.send(
        "POST "
            + Probe.target(app, "stream")
            + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");
    client.readUntil("first");
  }

  private static void assertAnswersTheNextRequest(WebApp.Deployed app) throws Exception {
    assertThat(RawHttp.get(app.port(), Probe.target(app, "bytes", 3)).status()).isEqualTo(200);
  }
}
