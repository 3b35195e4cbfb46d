package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** Every way in which a request ends is counted as what it is. */
class MetricsTest {
  private static final String[] COUNTERS = {
    "Successes",
    "ExitFailures",
    "Traps",
    "Timeouts",
    "OutputsExceeded",
    "BadResponses",
    "BodiesTooLarge",
    "BadRequests",
    "Refusals",
    "MemoryRefusals",
    "ClientsGone",
    "Interruptions",
    "HostFailures"
  };

  @OnEveryContainer
  void countsEveryOutcome(Container container) throws Exception {
    RouteBeans beans;
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet("probe", Probe.PATH, limits("WasmMaxOutput", "1MB"))
            .servlet("slow", "/slow", limits("WasmTimeout", "200ms"))
            .servlet("endless", "/endless", limits("WasmMaxOutput", "100GB"))
            .servlet("small", "/small", limits("WasmMaxRequestBody", "10"))
            .deploy(container.server())) {
      beans = new RouteBeans(app);
      get(app, Probe.target(app, "env"));
      assertCounted(beans, "probe", "Successes", 1);
      get(app, Probe.target(app, "exit", 3));
      assertCounted(beans, "probe", "ExitFailures", 2);
      get(app, Probe.target(app, "trap", 0));
      assertCounted(beans, "probe", "Traps", 3);
      get(app, Probe.target(app, "forever"));
      assertCounted(beans, "probe", "OutputsExceeded", 4);
      get(app, Probe.target(app, "raw", "no header\n\n"));
      assertCounted(beans, "probe", "BadResponses", 5);
      get(app, app.contextPath() + "/slow?" + Probe.query("sleep", 3_600_000));
      assertCounted(beans, "slow", "Timeouts", 1);
      RawHttp.post(app.port(), app.contextPath() + "/small?echo", new byte[11]);
      assertCounted(beans, "small", "BodiesTooLarge", 1);
      try (RawHttp client = new RawHttp(app.port())) {
        client.send("GET " + app.contextPath() + "/endless?forever HTTP/1.1\r\nHost: a\r\n\r\n");
        client.readUntil("\r\n\r\n");
      }
      assertCounted(beans, "endless", "ClientsGone", 1);
      assertThat(beans.route("probe", "Runs")).isEqualTo(5);
      assertThat(beans.route("small", "Runs")).isZero();
      assertThat(beans.route("probe", "MemoryHighWaterMark")).isGreaterThanOrEqualTo(65536);
      assertThat(beans.route("slow", "GuestTimeMillis")).isGreaterThanOrEqualTo(199);
      assertThat(beans.route("slow", "LatencyMillis99")).isGreaterThanOrEqualTo(150);
      assertThat(beans.value("type=ModuleCache", "Modules")).isPositive();
      assertThat(beans.value("type=MemoryBudget", "Limit")).isPositive();
      assertThat(beans.names()).hasSize(6);
    }
    assertThat(beans.names()).isEmpty();
  }

  @OnEveryContainer
  void tellsWhatRunsAndWhatWaits(Container container) throws Exception {
    try (WebApp.Deployed app =
            new WebApp()
                .probe()
                .servlet(
                    "probe",
                    Probe.PATH,
                    limits("WasmMaxConcurrent", "1", "WasmMaxQueue", "1", "WasmQueueTimeout", "1h"))
                .deploy(container.server());
        RawHttp running = new RawHttp(app.port());
        RawHttp waiting = new RawHttp(app.port())) {
      RouteBeans beans = new RouteBeans(app);
      assertThat(beans.route("probe", "MaxRunning")).isEqualTo(1);
      running.send(
          "POST "
              + Probe.target(app, "stream")
              + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");
      running.readUntil("first");
      assertThat(beans.route("probe", "Running")).isEqualTo(1);
      waiting.send("GET " + Probe.target(app, "env") + " HTTP/1.1\r\nHost: a\r\n\r\n");
      beans.awaitRoute("probe", "Queued", 1);
      assertThat(RawHttp.get(app.port(), Probe.target(app, "env")).status()).isEqualTo(503);
      assertCounted(beans, "probe", "Refusals", 1);
      running.send("x");
      running.readUntil("second");
      waiting.readUntil("200");
      beans.awaitRoute("probe", "Successes", 2);
      beans.awaitRoute("probe", "Running", 0);
      assertThat(beans.route("probe", "Queued")).isZero();
    }
  }

  private static void get(WebApp.Deployed app, String target) throws Exception {
    RawHttp.get(app.port(), target);
  }

  /** The last request has been counted once, and as this. */
  private static void assertCounted(RouteBeans beans, String servlet, String counter, long requests)
      throws Exception {
    beans.awaitRoute(servlet, "Requests", requests);
    assertThat(beans.route(servlet, counter)).as(counter).isEqualTo(1);
    long sum = 0;
    for (String each : COUNTERS) {
      sum += beans.route(servlet, each);
    }
    assertThat(sum).isEqualTo(requests);
  }

  private static String[] limits(String... limits) {
    String[] initParams = new String[limits.length + 4];
    initParams[0] = "WasmModule";
    initParams[1] = "WEB-INF/probe.wasm";
    initParams[2] = "WasmEnableCGI";
    initParams[3] = "On";
    System.arraycopy(limits, 0, initParams, 4, limits.length);
    return initParams;
  }
}
