package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Programs that share a WasmLockFile. */
class LockFileTest {
  private static final int MORE_THAN_A_CONNECTION_HOLDS = 24 << 20;

  @OnEveryContainer
  void noProgramRunsWhileAnotherHasTheLock(Container container) throws Exception {
    Path file = Scratch.directory("lock").resolve("site.lock");
    try (WebApp.Deployed app = twoRoutes(container, file, "100ms")) {
      assertThat(get(app, "/one?env").status()).isEqualTo(200);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assertThat(lock.isValid()).isTrue();
        for (String path : new String[] {"/one?env", "/other?env"}) {
          RawResponse refused = get(app, path);
          assertThat(refused.status()).isEqualTo(503);
          assertThat(refused.header("Retry-After")).isEqualTo("1");
        }
      }
      assertThat(get(app, "/one?env").status()).isEqualTo(200);
      assertThat(get(app, "/other?env").status()).isEqualTo(200);
    }
  }

  /** It has the time that a program may wait: were the lock held, there would be 503. */
  @OnEveryContainer
  void noClientThatIsSlowKeepsTheLock(Container container) throws Exception {
    Path file = Scratch.directory("lock").resolve("site.lock");
    try (WebApp.Deployed app = twoRoutes(container, file, "10s");
        RawHttp sending = new RawHttp(app.port());
        RawHttp reading = new RawHttp(app.port())) {
      sending.send(
          "POST " + app.contextPath() + "/one?echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n");
      sending.send("\r\nab");
      assertThat(get(app, "/other?env").status()).isEqualTo(200);
      sending.send("cd");
      assertThat(sending.read("POST").body()).isEqualTo("abcd");

      reading.send(
          "GET "
              + app.contextPath()
              + "/one?bytes&"
              + MORE_THAN_A_CONNECTION_HOLDS
              + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(reading.readStatus()).isEqualTo(200);
      assertThat(get(app, "/other?env").status()).isEqualTo(200);
    }
  }

  /** Nor does it keep the thread longer than its program could have. */
  @OnEveryContainer
  void aClientThatTakesNothingHasTheProgramsTime(Container container) throws Exception {
    Path file = Scratch.directory("lock").resolve("site.lock");
    try (WebApp.Deployed app = twoRoutes(container, file, "10s", "WasmTimeout", "1s");
        RawHttp reading = new RawHttp(app.port())) {
      reading.send(
          "GET "
              + app.contextPath()
              + "/one?bytes&"
              + MORE_THAN_A_CONNECTION_HOLDS
              + " HTTP/1.1\r\nHost: x\r\n\r\n");
      new RouteBeans(app).awaitRoute("one", "ClientsGone", 1);
      assertThat(reading.read("GET").whole()).isFalse();
    }
  }

  @OnEveryContainer
  void whatIsHeldIsTheWholeAnswerOrNoneOfIt(Container container) throws Exception {
    Path file = Scratch.directory("lock").resolve("site.lock");
    try (WebApp.Deployed app = twoRoutes(container, file, "10s")) {
      RawResponse large = get(app, "/one?bytes&1000000");
      assertThat(large.whole()).isTrue();
      assertThat(large.body()).hasSize(1000000);
      RawResponse failed = get(app, "/one?" + Probe.query("trap", 100000, "X: y\n\n"));
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.whole()).isTrue();
    }
  }

  private static WebApp.Deployed twoRoutes(
      Container container, Path file, String queueTimeout, String... more) throws Exception {
    List<String> initParams =
        new ArrayList<>(
            List.of(
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmLockFile",
                file.toString(),
                "WasmQueueTimeout",
                queueTimeout));
    initParams.addAll(List.of(more));
    WebApp webApp = new WebApp().probe();
    for (String name : new String[] {"one", "other"}) {
      webApp.servlet(name, "/" + name, initParams.toArray(new String[0]));
    }
    return webApp.deploy(container.server());
  }

  private static RawResponse get(WebApp.Deployed app, String path) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + path);
  }
}
