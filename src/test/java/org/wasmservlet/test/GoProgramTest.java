package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** The sample's program in Go, built here, for its module is large. Runs where there is Go. */
class GoProgramTest {
  private static final Path SOURCE =
      Path.of("../../sample-webapp/guests/primes.go").toAbsolutePath().normalize();

  @OnEveryContainer
  void isStartedOnce(Container container) throws Exception {
    assumeThat(started("go", "version")).as("Go is installed").isTrue();
    WebApp webApp =
        new WebApp()
            .servlet(
                "primes",
                "/primes/*",
                "WasmModule",
                Built.MODULE.toString(),
                "WasmEnableCGI",
                "On",
                "WasmGateway",
                "scgi",
                "WasmFreeze",
                "stdin",
                "WasmUnfrozen",
                "Refuse",
                "WasmTimeout",
                "2m");
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      RouteBeans beans = new RouteBeans(app);
      Polling.await(
          Duration.ofMinutes(5),
          "it is frozen",
          () -> beans.text("primes", "Freeze").equals("frozen"));
      for (int n = 0; n < 10; n++) {
        RawResponse page =
            RawHttp.get(app.port(), app.contextPath() + "/primes/?n=" + (299_000 + n));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
            .contains("There are <strong>25919</strong> prime numbers up to " + (299_000 + n));
      }
      beans.awaitRoute("primes", "Resumed", 10);
    }
  }

  /** Built once, for all containers. */
  private static final class Built {
    static final Path MODULE = build();

    private static Path build() {
      try {
        Path module = Scratch.directory("go").resolve("primes-go.wasm");
        String[] command = {"go", "build", "-trimpath", "-o", module.toString(), SOURCE.toString()};
        assertThat(started(command)).isTrue();
        return module;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** False if there is no such command. */
  private static boolean started(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("GOOS", "wasip1");
    builder.environment().put("GOARCH", "wasm");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return false;
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return true;
  }
}
