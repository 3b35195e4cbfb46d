package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Many requests at once over several routes. */
class ConcurrencyTest {
  private static final int REQUESTS = 200;

  @OnEveryContainer
  void everyAnswerBelongsToItsOwnRequest(Container container) throws Exception {
    String php = Sample.loadedModule("php-cgi-8.2.0.wasm").toString();
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .file("WEB-INF/php/echo.php", "<?php echo getenv('ROUTE'), '|', $_POST['id'];")
            .servlet("echo-1", "/0", probeOfRoute("0"))
            .servlet("echo-2", "/1", probeOfRoute("1"))
            .servlet("php-1", "/2/*", phpOfRoute(php, "2"))
            .servlet("php-2", "/3/*", phpOfRoute(php, "3"))
            .deploy(container.server())) {
      ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
      try {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<RawResponse>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
          int id = i;
          responses.add(
              clients.submit(
                  () -> {
                    start.await();
                    return request(app, id);
                  }));
        }
        start.countDown();
        for (int i = 0; i < REQUESTS; i++) {
          RawResponse response = responses.get(i).get();
          assertThat(response.status()).as("request %d", i).isEqualTo(200);
          assertThat(response.whole()).as("request %d", i).isTrue();
          assertThat(answer(response, i)).as("request %d", i).isEqualTo(i % 4 + "|" + idOf(i));
        }
      } finally {
        clients.shutdownNow();
      }
    }
  }

  private static String[] probeOfRoute(String route) {
    return new String[] {
      "WasmModule", "WEB-INF/probe.wasm",
      "WasmEnableCGI", "On",
      "WasmMaxConcurrent", "50",
      "WasmEnv", "ROUTE " + route
    };
  }

  private static String[] phpOfRoute(String module, String route) {
    return new String[] {
      "WasmModule", module,
      "WasmEnableCGI", "On",
      "WasmMapCGIFileNames", "On",
      "WasmDocumentRoot", "WEB-INF/php",
      "WasmHandler", ".php",
      "WasmMapDir", "/app WEB-INF/php ro",
      "WasmMaxConcurrent", "50",
      // A hundred PHPs that begin at once want more than one part of the memory budget.
      "WasmQueueTimeout", "60s",
      "WasmEnv", "ROUTE " + route
    };
  }

  private static RawResponse request(WebApp.Deployed app, int id) throws Exception {
    boolean php = id % 4 >= 2;
    String target = app.contextPath() + "/" + id % 4 + (php ? "/echo.php" : "?env&" + idOf(id));
    return RawHttp.post(
        app.port(),
        target,
        ("id=" + idOf(id)).getBytes(UTF_8),
        "Content-Type: application/x-www-form-urlencoded");
  }

  /** Long enough that a mixture of two would show. */
  private static String idOf(int id) {
    return ("<" + id + ">").repeat(200).replaceAll("[<>]", "_");
  }

  private static String answer(RawResponse response, int id) {
    return id % 4 >= 2
        ? response.body()
        : response.variable("ROUTE")
            + "|"
            + response.variable("QUERY_STRING").substring("env&".length());
  }
}
