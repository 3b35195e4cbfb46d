package org.wasmservlet.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.http.OpenExchange;
import org.wasmservlet.test.http.Protocol;
import org.wasmservlet.test.http.RawHttp;

/** How the server in one jar ends. */
@Timeout(300)
class StoppingTest {
  private static final String PROBE = Guests.probeFile().toString();

  @Test
  void aStopLetsRunningRequestsEndAndNobodyElseIn() throws Exception {
    try (ServerProcess server = ServerProcess.start(PROBE, "--status", "/status");
        OpenExchange first =
            Protocol.HTTP_1_1.open(server.port(), "GET", "/?sleep&2000", Protocol.NO_BODY);
        OpenExchange second =
            Protocol.HTTP_2.open(server.port(), "GET", "/?sleep&2000", Protocol.NO_BODY)) {
      awaitRunning(server, 2);
      server.terminate();
      server.awaitError("stops when requests have ended, 2 now");
      assertThatThrownBy(() -> new RawHttp(server.port()).close())
          .isInstanceOf(ConnectException.class);
      assertThat(first.read())
          .matches(response -> response.whole() && response.body().contains("after"));
      assertThat(second.read())
          .matches(response -> response.whole() && response.body().contains("after"));
      assertThat(server.exitCode()).isZero();
      assertThat(server.errors()).endsWith("Stopped.\n").doesNotContain("cut off");
    }
  }

  @Test
  void requestsThatTakeLongerThanTheStopMayAreCutOff() throws Exception {
    try (ServerProcess server =
            ServerProcess.start(PROBE, "--status", "/status", "--stop-timeout", "100ms");
        OpenExchange endless =
            Protocol.HTTP_1_1.open(server.port(), "GET", "/?forever", Protocol.NO_BODY)) {
      awaitRunning(server, 1);
      server.terminate();
      assertThat(server.exitCode()).isZero();
      assertThat(server.errors()).contains("requests that are cut off: 1 (--stop-timeout)");
      assertThat(endsWhole(endless)).isFalse();
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (ServerProcess server = ServerProcess.start(PROBE, "--status", "/status");
        OpenExchange endless =
            Protocol.HTTP_1_1.open(server.port(), "GET", "/?forever", Protocol.NO_BODY)) {
      awaitRunning(server, 1);
      server.terminate();
      server.awaitError("stops when requests have ended, 1 now");
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(endsWhole(endless)).isFalse();
    }
  }

  private static boolean endsWhole(OpenExchange exchange) {
    try {
      return exchange.read().whole();
    } catch (IOException e) {
      return false;
    }
  }

  private static void awaitRunning(ServerProcess server, int count) throws Exception {
    Polling.await(
        Duration.ofMinutes(2),
        count + " requests run",
        () ->
            RawHttp.get(server.port(), "/status?format=json")
                .body()
                .contains("\"running\":" + count));
  }
}
