package org.wasmservlet.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.core.WasmLimits;

@Timeout(60)
class RouteMetricsTest {
  private final RouteMetrics route = metrics(4);

  @Test
  void countsAndTimesARequestThatSucceeds() {
    MeasuredRequest request = route.begin("GET", "/a");
    request.waits();
    request.runs();
    request.ran(1000, 2000, 65536, false);
    request.end();
    assertThat(route.requests()).isEqualTo(1);
    assertThat(route.count(RequestOutcome.SUCCESS)).isEqualTo(1);
    assertThat(route.runs()).isEqualTo(1);
    assertThat(route.instantiationNanos()).isEqualTo(1000);
    assertThat(route.guestNanos()).isEqualTo(2000);
    assertThat(route.peakMemory()).isEqualTo(65536);
    assertThat(route.queueNanos()).isPositive();
    assertThat(route.tookNanos()).isGreaterThanOrEqualTo(route.queueNanos());
    assertThat(route.latencies().total()).isEqualTo(1);
    assertThat(route.recentFailures()).isEmpty();
  }

  @Test
  void countsARefusedRequestsWaitingButNotItsLatency() {
    MeasuredRequest request = route.begin("GET", "/a");
    request.waits();
    request.fails(RequestOutcome.REFUSED, "busy");
    request.end();
    assertThat(route.count(RequestOutcome.REFUSED)).isEqualTo(1);
    assertThat(route.queueNanos()).isPositive();
    assertThat(route.runs()).isZero();
    assertThat(route.latencies().total()).isZero();
  }

  @Test
  void keepsTheMostMemory() {
    for (long bytes : new long[] {5, 7, 6}) {
      route.begin("GET", "/a").ran(0, 0, bytes, false);
    }
    assertThat(route.peakMemory()).isEqualTo(7);
  }

  @Test
  void keepsTheLastFailuresNewestFirst() {
    for (int i = 0; i < RecentFailures.KEPT + 3; i++) {
      end(route.begin("GET", "/" + i), RequestOutcome.TRAP, "trap " + i);
    }
    end(route.begin("GET", "/gone"), RequestOutcome.CLIENT_GONE, null);
    end(route.begin("GET", "/well"), RequestOutcome.SUCCESS, null);
    List<Failure> failures = route.recentFailures();
    assertThat(failures).hasSize(RecentFailures.KEPT);
    assertThat(failures.get(0).requestLine()).isEqualTo("GET /34");
    assertThat(failures.get(0).message()).isEqualTo("trap 34");
    assertThat(failures.get(RecentFailures.KEPT - 1).requestLine()).isEqualTo("GET /3");
    assertThat(route.count(RequestOutcome.CLIENT_GONE)).isEqualTo(1);
  }

  @Test
  void shortensWhatAClientOrAProgramMadeLong() {
    end(route.begin("GET", "/" + "x".repeat(9000)), RequestOutcome.EXIT, "y".repeat(9000));
    assertThat(route.recentFailures().get(0).requestLine()).hasSize(301).endsWith("x…");
    assertThat(route.recentFailures().get(0).message()).hasSize(301).endsWith("y…");
  }

  @Test
  void leavesPathParametersOut() {
    assertThat(route.begin("GET", "/a;jsessionid=1/b;x;y=z").requestLine()).isEqualTo("GET /a/b");
    assertThat(route.begin("GET", null).requestLine()).isEqualTo("GET null");
  }

  @Test
  void showsTheRequestsThatRunAndHowOldTheyAre() {
    MeasuredRequest first = route.begin("GET", "/1");
    MeasuredRequest second = route.begin("POST", "/2");
    first.runs();
    second.runs();
    assertThat(route.runningRequests()).containsExactlyInAnyOrder(first, second);
    assertThat(first.age(System.nanoTime())).isGreaterThanOrEqualTo(Duration.ZERO);
    first.ran(0, 0, 0, false);
    assertThat(route.runningRequests()).containsExactly(second);
    second.ran(0, 0, 0, false);
    assertThat(route.runningRequests()).isEmpty();
  }

  @Test
  void countsMoreRunningRequestsThanItCanShow() {
    RouteMetrics one = metrics(1);
    MeasuredRequest first = one.begin("GET", "/1");
    MeasuredRequest second = one.begin("GET", "/2");
    first.runs();
    second.runs();
    second.ran(0, 0, 0, false);
    assertThat(one.runningRequests()).containsExactly(first);
    first.ran(0, 0, 0, false);
    assertThat(one.runningRequests()).isEmpty();
    assertThat(metrics(Integer.MAX_VALUE).runningRequests()).isEmpty();
  }

  @Test
  void losesNothingWhenManyThreadsCount() throws Exception {
    int threads = 8;
    int each = 2000;
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int i = 0; i < each; i++) {
                  MeasuredRequest request = route.begin("GET", "/");
                  request.waits();
                  request.runs();
                  request.ran(1, 2, i, false);
                  end(request, RequestOutcome.EXIT, "exit code 1");
                }
              });
      thread.start();
      running.add(thread);
    }
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    assertThat(route.requests()).isEqualTo(threads * each);
    assertThat(route.count(RequestOutcome.EXIT)).isEqualTo(threads * each);
    assertThat(route.latencies().total()).isEqualTo(threads * each);
    assertThat(route.guestNanos()).isEqualTo(2L * threads * each);
    assertThat(route.peakMemory()).isEqualTo(each - 1);
    assertThat(route.runningRequests()).isEmpty();
    assertThat(route.recentFailures()).hasSize(RecentFailures.KEPT);
  }

  private static void end(MeasuredRequest request, RequestOutcome outcome, String message) {
    request.fails(outcome, message);
    request.end();
  }

  private static RouteMetrics metrics(int maxRunning) {
    return new RouteMetrics(
        new RouteIdentity(
            false, "r", "localhost", "/app", List.of("/r"), FixedModule.ready("/x.wasm")),
        WasmLimits.DEFAULT,
        new FixedLoad(maxRunning));
  }
}
