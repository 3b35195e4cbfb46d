package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** When modules are compiled, loaded, warmed up and replaced. */
@Timeout(120)
class DeploymentTest {
  @OnEveryContainer
  void compilesAModuleAtTheFirstStartOnly(Container container) throws Exception {
    Path folder = Scratch.directory("cache").resolve("modules");
    for (String origin : new String[] {"compiled in", "loaded from a prepared module in"}) {
      try (LogCapture log = new LogCapture();
          WebApp.Deployed app = hello(container, "WasmCacheDir", folder.toString())) {
        assertThat(get(app).body()).isEqualTo("hello\n");
        assertThat(log.messages()).anyMatch(m -> m.contains("interpreted; " + origin));
      }
    }
  }

  @OnEveryContainer
  void takesTheFolderFromTheWebApplicationAndKeepsNothingIfItIsOff(Container container)
      throws Exception {
    Path folder = Scratch.directory("cache").resolve("modules");
    WebApp webApp =
        new WebApp()
            .descriptor(
                "<context-param><param-name>WasmCacheDir</param-name><param-value>"
                    + folder
                    + "</param-value></context-param>")
            .file("WEB-INF/hello.wasm", Guests.core("hello"))
            .servlet("off", "/off", "WasmModule", "WEB-INF/hello.wasm", "WasmCacheDir", "Off");
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/off").body()).isEqualTo("hello\n");
      assertThat(folder).doesNotExist();
    }
    try (WebApp.Deployed app =
        new WebApp()
            .descriptor(
                "<context-param><param-name>WasmCacheDir</param-name><param-value>"
                    + folder
                    + "</param-value></context-param>")
            .file("WEB-INF/hello.wasm", Guests.core("hello"))
            .servlet("on", "/on", "WasmModule", "WEB-INF/hello.wasm")
            .deploy(container.server())) {
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/on").body()).isEqualTo("hello\n");
      assertThat(folder).isNotEmptyDirectory();
    }
  }

  @OnEveryContainer
  void letsRequestsWaitForAModuleThatIsLoadedInTheBackgroundOrOnDemand(Container container)
      throws Exception {
    for (String preload : new String[] {"Background", "Off"}) {
      try (WebApp.Deployed app =
          hello(container, "WasmPreload", preload, "WasmQueueTimeout", "60s")) {
        assertThat(get(app).body()).isEqualTo("hello\n");
      }
    }
  }

  @OnEveryContainer
  void answersThatItIsUnavailableWhereTheModuleCannotBeLoaded(Container container)
      throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            new WebApp()
                .file("WEB-INF/hello.wasm", "no module")
                .servlet(
                    "hello",
                    "/hello",
                    "WasmModule",
                    "WEB-INF/hello.wasm",
                    "WasmPreload",
                    "Background")
                .deploy(container.server())) {
      RawResponse response = get(app);
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("Retry-After")).isEqualTo("5");
      log.await(m -> m.startsWith("servlet 'hello': WasmModule 'WEB-INF/hello.wasm': "));
    }
  }

  @OnEveryContainer
  void warmsUpAServletAndAFilterBeforeTheyAreUsed(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            new WebApp()
                .probe()
                .file("WEB-INF/site/index.cgi", "a program")
                .servlet(
                    "warm",
                    "/warm/*",
                    "WasmModule",
                    "WEB-INF/probe.wasm",
                    "WasmEnableCGI",
                    "On",
                    "WasmWarmUp",
                    "3 /warm/path?env\n2 /warm?exit&3\n1 /warm?env")
                .filter(
                    "filter",
                    "/site/*",
                    "WasmModule",
                    "WEB-INF/probe.wasm",
                    "WasmEnableCGI",
                    "On",
                    "WasmDocumentRoot",
                    "WEB-INF/site",
                    "WasmDirectoryIndex",
                    "index.cgi",
                    "WasmWarmUp",
                    "2 /site/index.cgi?env")
                .deploy(container.server())) {
      assertThat(log.messages())
          .anyMatch(m -> m.startsWith("servlet 'warm' is warmed up by 3 requests for /warm/path?"))
          .anyMatch(m -> m.startsWith("filter 'filter' is warmed up by 2 requests for /site/"))
          .contains(
              "servlet 'warm': warm-up request 1 of 2 for /warm?exit&3 failed: status 500;"
                  + " no more are made");
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/warm?env").status()).isEqualTo(200);
    }
  }

  @OnEveryContainer
  void tellsAProgramOfItsWarmUpAndNoClientCanSayTheSame(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            new WebApp()
                .file("WEB-INF/site/index.php", "<?php error_log('is ' . getenv('WASM_WARM_UP'));")
                .servlet(
                    "php",
                    "/php/*",
                    "WasmModule",
                    Sample.loadedModule("php-cgi-8.2.0.wasm").toString(),
                    "WasmEnableCGI",
                    "On",
                    "WasmMapCGIFileNames",
                    "On",
                    "WasmDocumentRoot",
                    "WEB-INF/site",
                    "WasmDirectoryIndex",
                    "index.php",
                    "WasmMapDir",
                    "/app WEB-INF/site ro",
                    "WasmWarmUp",
                    "1 /php/")
                .deploy(container.server())) {
      log.await(m -> m.endsWith("stderr: is 1"));
      assertThat(log.messages()).noneMatch(m -> m.endsWith("stderr: is "));
      RawHttp.get(
          app.port(),
          app.contextPath() + "/php/?WASM_WARM_UP=1",
          "WASM_WARM_UP: 1",
          "WASM-WARM-UP: 1",
          "User-Agent: wasm-servlet (warm-up)");
      log.await(m -> m.endsWith("stderr: is "));
    }
  }

  @OnEveryContainer
  void isStoppedInTheMiddleOfItsWarmUpWithoutAWord(Container container) throws Exception {
    try (LogCapture log = new LogCapture()) {
      WebApp.Deployed app =
          new WebApp()
              .probe()
              .servlet(
                  "endless",
                  "/endless",
                  "WasmModule",
                  "WEB-INF/probe.wasm",
                  "WasmEnableCGI",
                  "On",
                  "WasmPreload",
                  "Background",
                  "WasmWarmUp",
                  "100000 /endless?" + Probe.query("sleep", 1000))
              .deploy(container.server());
      log.await(m -> m.startsWith("servlet 'endless' warms up: 100000 requests for /endless?"));
      new RouteBeans(app).awaitRoute("endless", "Running", 1);
      app.close();
      Polling.await(
          Duration.ofSeconds(60),
          "its thread ends",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().equals("wasm-load endless")));
      assertThat(log.messages()).noneMatch(m -> m.contains("warm-up request"));
    }
  }

  @OnEveryContainer
  void readsTheDirectivesOfAConfigurationFile(Container container) throws Exception {
    Path folder = Scratch.directory("cache").resolve("modules");
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            new WebApp()
                .file("WEB-INF/hello.wasm", Guests.core("hello"))
                .file(
                    "WEB-INF/wasm.conf",
                    """
                    <Location /hello>
                      SetHandler wasm-handler
                      WasmModule WEB-INF/hello.wasm
                      WasmCacheDir %s
                      WasmCacheSize 10MB
                      WasmPreload On
                      WasmWarmUp 2 /hello/x
                      WasmReload On
                    </Location>
                    """
                        .formatted(folder))
                .deploy(container.server())) {
      assertThat(get(app).body()).isEqualTo("hello\n");
      assertThat(folder).isNotEmptyDirectory();
      assertThat(log.messages())
          .anyMatch(m -> m.startsWith("servlet '/hello' is warmed up by 2 requests for /hello/x"));
    }
  }

  @OnEveryContainer
  void replacesAModuleWhileItServesAndKeepsItWhereTheNewOneIsBroken(Container container)
      throws Exception {
    WebApp webApp =
        new WebApp()
            .file("WEB-INF/hello.wasm", Guests.core("hello"))
            .servlet("hello", "/hello", "WasmModule", "WEB-INF/hello.wasm", "WasmReload", "On");
    Path file = webApp.directory().resolve("WEB-INF/hello.wasm");
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(get(app).body()).isEqualTo("hello\n");
      Files.writeString(file, "no module");
      String broken = "it goes on with the module that it has";
      serveUntil(app, () -> log.messages().stream().anyMatch(m -> m.contains(broken)));
      assertThat(get(app).body()).isEqualTo("hello\n");
      Path copy = Files.write(file.resolveSibling("copy"), Guests.core("echo"));
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      serveUntil(app, () -> isEmpty(app));
      assertThat(log.messages()).filteredOn(m -> m.contains(broken)).hasSize(1);
    }
  }

  /** Requests are what makes it look at the file; none may fail. */
  private static void serveUntil(WebApp.Deployed app, BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      assertThat(get(app).status()).isEqualTo(200);
    }
  }

  private static boolean isEmpty(WebApp.Deployed app) {
    try {
      return get(app).body().isEmpty();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static RawResponse get(WebApp.Deployed app) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + "/hello");
  }

  private static WebApp.Deployed hello(Container container, String... more) throws Exception {
    String[] params = new String[more.length + 2];
    params[0] = "WasmModule";
    params[1] = "WEB-INF/hello.wasm";
    System.arraycopy(more, 0, params, 2, more.length);
    return new WebApp()
        .file("WEB-INF/hello.wasm", Guests.core("hello"))
        .servlet("hello", "/hello", params)
        .deploy(container.server());
  }
}
