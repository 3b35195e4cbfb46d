package org.wasmservlet.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wasmservlet.core.ModuleCacheStatistics;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.jmx.VisibleRoute;
import org.wasmservlet.measure.FixedLoad;
import org.wasmservlet.measure.FixedModule;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.measure.RouteModule;

class StatusPageTest {
  private static final String HOSTILE = "</style></title><script>alert('\"1\"')</script>&\u202e\n";

  @Test
  void isWellFormedAndHasNoMarkupOfOthersWhateverTheyAreCalled() {
    RouteMetrics route = route(HOSTILE, HOSTILE);
    MeasuredRequest running = route.begin("<GET>", "/" + HOSTILE);
    running.runs();
    for (RequestOutcome outcome : RequestOutcome.values()) {
      MeasuredRequest ended = route.begin("GET", "/" + HOSTILE);
      ended.runs();
      ended.ran(1_000_000, 5_000_000, 1 << 20, false);
      ended.fails(outcome, HOSTILE);
      ended.end();
    }
    Snapshot snapshot = snapshot(HOSTILE, List.of(route));
    String page = StatusPage.of(snapshot, 0);
    assertThat(page).doesNotContain("<script").doesNotContain("alert('").doesNotContain("\u202e");
    assertThat(page).doesNotContain("style=").doesNotContain("http:").doesNotContain("https:");
    assertWellFormed(page);
    String json = StatusJson.of(snapshot);
    assertThat(json).doesNotContain("<script").doesNotContain("\u202e").doesNotContain("\n");
    running.ran(0, 0, 0, false);
  }

  @Test
  void isWellFormedWithoutRoutesAndRequests() {
    assertWellFormed(StatusPage.of(snapshot("", List.of()), 2));
    assertWellFormed(StatusPage.of(snapshot("/a", List.of(route("r", "/r"))), 0));
  }

  @Test
  void tellsOfLatenciesWhatTheirNumberTells() {
    RouteMetrics route = route("r", "/r");
    serve(route, 1);
    assertThat(latencies(route)).contains("the only one took").doesNotContain("within", ">p50<");
    assertThat(json(route)).doesNotContain("p50Millis").contains("\"leastMillis\":");
    serve(route, 1);
    assertThat(latencies(route)).contains("50% within", "slowest", ">p50<").doesNotContain("90%");
    assertThat(json(route)).contains("p50Millis").doesNotContain("p90Millis");
    serve(route, 8);
    assertThat(latencies(route)).contains("50% within", "90% within", "slowest");
    assertThat(latencies(route)).doesNotContain("99% within", ">p99<");
    serve(route, 89);
    assertThat(latencies(route)).doesNotContain("99% within", ">p99<");
    assertThat(json(route)).contains("p90Millis").doesNotContain("p99Millis");
    serve(route, 1);
    assertThat(latencies(route)).contains("50% within", "90% within", "99% within", ">p99<");
    assertThat(json(route)).contains("p50Millis", "p90Millis", "p99Millis");
  }

  @Test
  void tellsEachFileOfAModule() {
    RouteMetrics route = route("r", "/r");
    assertThat(latencies(route))
        .contains(
            "<code>/srv/&lt;b&gt;&amp;.wasm</code><br/><code>/copy/&lt;b&gt;&amp;.wasm</code>");
    assertThat(json(route))
        .contains("\"files\":[\"/srv/\\u003cb>&.wasm\",\"/copy/\\u003cb>&.wasm\"]");
  }

  @Test
  void tellsHowFarAModuleHasCome() {
    RouteMetrics loading =
        new RouteMetrics(
            new RouteIdentity(
                false,
                "r",
                "localhost",
                "/a",
                List.of("/r"),
                new FixedModule("/srv/x.wasm", RouteModule.State.LOADING)),
            WasmLimits.DEFAULT,
            new FixedLoad(1));
    assertThat(latencies(loading)).contains(">loading</span>");
    assertThat(json(loading)).contains("\"state\":\"loading\"");
    assertThat(latencies(route("r", "/r"))).doesNotContain(">ready<");
  }

  private static void serve(RouteMetrics route, int requests) {
    for (int i = 0; i < requests; i++) {
      MeasuredRequest request = route.begin("GET", "/");
      request.runs();
      request.ran(1, 1, 1, false);
      request.end();
    }
  }

  private static String latencies(RouteMetrics route) {
    return StatusPage.of(snapshot("/a", List.of(route)), 0);
  }

  private static String json(RouteMetrics route) {
    return StatusJson.of(snapshot("/a", List.of(route)));
  }

  @Test
  void showsTheLongestRunningFirstAndNotMoreThanAPageBears() {
    RouteMetrics route = route("r", "/r");
    for (int i = 0; i < 120; i++) {
      route.begin("GET", "/running/" + i).runs();
    }
    String page = StatusPage.of(snapshot("/a", List.of(route)), 0);
    assertThat(page.indexOf("GET /running/0<")).isBetween(0, page.indexOf("GET /running/1<"));
    assertThat(page).contains("GET /running/99<").doesNotContain("GET /running/100<");
    assertThat(page).contains("20 more are in the JSON");
  }

  private static final Pattern PIECE =
      Pattern.compile(
          "[^<>]+|<!DOCTYPE html>|<meta( [a-z-]+=\"[^\"<>]*\")*>|</(?<close>[a-z0-9]+)>"
              + "|<(?<open>[a-z0-9]+)( [a-zA-Z0-9-]+=\"[^\"<>]*\")*/?>");

  private static RouteMetrics route(String name, String pattern) {
    return new RouteMetrics(
        new RouteIdentity(
            false, name, "localhost", "/a", List.of(pattern), FixedModule.ready("/srv/<x>.wasm")),
        WasmLimits.DEFAULT,
        new FixedLoad(200));
  }

  private static Snapshot snapshot(String contextPath, List<RouteMetrics> routes) {
    List<RouteStatus> read = routes.stream().map(r -> RouteStatus.of(VisibleRoute.of(r))).toList();
    ModuleCacheStatistics cache =
        new ModuleCacheStatistics(
            List.of(
                new ModuleCacheStatistics.Loaded(
                    List.of(Path.of("/srv", "<b>&.wasm"), Path.of("/copy", "<b>&.wasm")),
                    1 << 20,
                    9,
                    1,
                    Instant.now(),
                    Duration.ofMillis(7),
                    2)),
            1,
            1,
            0,
            3,
            Duration.ofMillis(7));
    return new Snapshot(
        "<host>",
        contextPath,
        Scope.APPLICATION,
        Instant.now(),
        Instant.now().minusSeconds(60),
        read,
        cache,
        Snapshot.labels(read, cache),
        1,
        2,
        1,
        3,
        4);
  }

  /** Nothing but text and tags, every tag closed in its order, every attribute in quotes. */
  private static void assertWellFormed(String page) {
    Deque<String> open = new ArrayDeque<>();
    Matcher piece = PIECE.matcher(page);
    int end = 0;
    for (; end < page.length() && piece.find(end) && piece.start() == end; end = piece.end()) {
      if (piece.group("open") != null && !piece.group().endsWith("/>")) {
        open.push(piece.group("open"));
      } else if (piece.group("close") != null) {
        assertThat(piece.group("close")).isEqualTo(open.pop());
      }
    }
    assertThat(page.substring(end)).isEmpty();
    assertThat(open).isEmpty();
  }
}
