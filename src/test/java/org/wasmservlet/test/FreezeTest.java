package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** A program that is started once serves every request with a copy of its own. */
class FreezeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ALL_ONES = String.valueOf(1 << 20);

  @OnEveryContainer
  void isStartedOnceAndNoRequestSeesAnother(Container container) throws Exception {
    for (String[] how : new String[][] {{"scgi", "stdin"}, {"fastcgi", "accept"}}) {
      try (WebApp.Deployed app =
          FrozenApplication.of(how[0], how[1], "WasmUnfrozen", "Refuse")
              .deploy(container.server())) {
        String born = get(app, "first").variable("born");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
          List<Callable<Void>> tasks = new ArrayList<>();
          for (int i = 0; i < 200; i++) {
            String body = "body " + i;
            tasks.add(
                () -> {
                  RawResponse response =
                      RawHttp.post(
                          app.port(), target(app, "of=" + body.hashCode()), body.getBytes(UTF_8));
                  assertThat(response.variable("born")).isEqualTo(born);
                  assertThat(response.variable("version")).isEqualTo("1");
                  assertThat(response.variable("requests")).isEqualTo("1");
                  assertThat(response.variable("sum")).isEqualTo(ALL_ONES);
                  assertThat(response.variable("query")).isEqualTo("of=" + body.hashCode());
                  assertThat(response.variable("body")).isEqualTo(body);
                  return null;
                });
          }
          for (Future<Void> each : clients.invokeAll(tasks)) {
            each.get();
          }
        } finally {
          clients.shutdownNow();
        }
        new RouteBeans(app).awaitRoute("app", "Resumed", 201);
      }
    }
  }

  @OnEveryContainer
  void isFrozenAnewWhenAFileThatItReadHasChangedAndNoRequestFails(Container container)
      throws Exception {
    WebApp webApp = FrozenApplication.of("scgi", "stdin", "WasmUnfrozen", "Refuse");
    try (WebApp.Deployed app = webApp.deploy(container.server());
        LogCapture log = new LogCapture()) {
      AtomicBoolean stop = new AtomicBoolean();
      Set<String> seen = ConcurrentHashMap.newKeySet();
      ExecutorService clients = Executors.newFixedThreadPool(4);
      try {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          running.add(
              clients.submit(
                  () -> {
                    while (!stop.get()) {
                      RawResponse response = get(app, "x");
                      assertThat(response.status()).isEqualTo(200);
                      seen.add(response.variable("version") + response.variable("files"));
                    }
                    return null;
                  }));
        }
        await(seen, "13");
        write(webApp, "version", "2");
        await(seen, "23");
        write(webApp, "another", "file");
        await(seen, "24");
        stop.set(true);
        for (Future<?> each : running) {
          each.get();
        }
      } finally {
        stop.set(true);
        clients.shutdownNow();
      }
      assertThat(seen).containsExactlyInAnyOrder("13", "23", "24");
      assertThat(log.messages())
          .anyMatch(m -> m.matches(".* is frozen anew, for \\S*/WEB-INF/app\\S* has changed, .*"));
    }
  }

  private static void await(Set<String> seen, String wanted) throws Exception {
    Polling.await(PATIENCE, wanted + " is seen", () -> seen.contains(wanted));
  }

  @OnEveryContainer
  void aProgramThatCannotBeFrozenBeginsAnewOrIsRefused(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed runs =
            FrozenApplication.of("scgi", "stdin", "WasmEnv", "LEAVES_A_FILE 1")
                .deploy(container.server());
        WebApp.Deployed refuses =
            FrozenApplication.of(
                    "scgi", "stdin", "WasmUnfrozen", "Refuse", "WasmEnv", "LEAVES_A_FILE 1")
                .deploy(container.server())) {
      String born = get(runs, "x").variable("born");
      assertThat(get(runs, "x").variable("born")).isNotEqualTo(born).matches("\\d+");
      RawResponse refused = get(refuses, "x");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotNull();
      String why = "it has left /tmp/left in a directory that each run has anew; ";
      assertThat(log.messages())
          .anyMatch(m -> m.contains(why + "it begins anew for each request"))
          .anyMatch(m -> m.contains(why + "requests are refused"))
          .anyMatch(m -> m.contains("WasmUnfrozen Refuse"));
      assertThat(new RouteBeans(runs).text("app", "Freeze")).isEqualTo("cold");
      assertThat(new RouteBeans(runs).text("app", "FreezeReason"))
          .endsWith("it has left /tmp/left in a directory that each run has anew");
      new RouteBeans(runs).awaitRoute("app", "Runs", 2);
      assertThat(new RouteBeans(runs).route("app", "Resumed")).isZero();
    }
  }

  @OnEveryContainer
  void aProgramThatEndsBeforeItAsksIsToldWithItsExitCode(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            FrozenApplication.of("scgi", "stdin", "WasmEnv", "EXITS 3\nCOMPLAINS no_database")
                .deploy(container.server())) {
      assertThat(get(app, "x").status()).isEqualTo(500);
      assertThat(log.messages())
          .anyMatch(m -> m.contains("it ended before it reads its standard input: exit code 3"))
          .anyMatch(m -> m.endsWith("is being frozen: stderr: no_database"));
    }
  }

  @OnEveryContainer
  void whatItSaysBeforeItAsksIsLogged(Container container) throws Exception {
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app =
            FrozenApplication.of("scgi", "stdin", "WasmEnv", "SAYS early")
                .deploy(container.server())) {
      assertThat(get(app, "x").status()).isEqualTo(200);
      assertThat(log.messages())
          .anyMatch(m -> m.contains("wrote 5 bytes to its standard output before it was frozen"));
    }
  }

  @OnEveryContainer
  void isServedColdBeforeItIsFrozenWhereItIsLoadedForTheFirstRequest(Container container)
      throws Exception {
    try (WebApp.Deployed app =
        FrozenApplication.of("scgi", "stdin", "WasmPreload", "Off").deploy(container.server())) {
      RouteBeans beans = new RouteBeans(app);
      assertThat(beans.text("app", "Freeze")).isEqualTo("cold");
      assertThat(beans.text("app", "FreezeReason")).isEqualTo("the module is not loaded");
      assertThat(get(app, "x").status()).isEqualTo(200);
      Polling.await(PATIENCE, "it is frozen", () -> beans.text("app", "Freeze").equals("frozen"));
      String born = get(app, "x").variable("born");
      assertThat(get(app, "x").variable("born")).isEqualTo(born);
      assertThat(beans.route("app", "FrozenBytes")).isBetween(1L << 20, 2L << 20);
      assertThat(beans.route("app", "WatchedFiles")).isPositive();
      assertThat(beans.text("app", "FrozenSince")).endsWith("Z");
    }
  }

  @OnEveryContainer
  void aModuleThatIsReplacedIsFrozenBeforeItIsUsed(Container container) throws Exception {
    WebApp webApp =
        FrozenApplication.of("scgi", "stdin", "WasmUnfrozen", "Refuse", "WasmReload", "On");
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      String born = get(app, "x").variable("born");
      Path module = webApp.directory().resolve("WEB-INF/application.wasm");
      Path copy = Files.write(module.resolveSibling("copy"), Guests.application());
      Files.move(copy, module, StandardCopyOption.REPLACE_EXISTING);
      Polling.await(
          PATIENCE,
          "another one",
          () -> {
            RawResponse response = get(app, "x");
            assertThat(response.status()).isEqualTo(200);
            return !response.variable("born").equals(born);
          });
    }
  }

  @OnEveryContainer
  void isNotStartedWhileAnotherProgramHasTheLock(Container container) throws Exception {
    Path file = Files.createFile(Scratch.directory("lock").resolve("site.lock"));
    WebApp webApp =
        FrozenApplication.of(
            "scgi",
            "stdin",
            "WasmLockFile",
            file.toString(),
            "WasmQueueTimeout",
            "100ms",
            "WasmUnfrozen",
            "Refuse");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock lock = channel.lock();
      try (WebApp.Deployed app = webApp.deploy(container.server())) {
        assertThat(new RouteBeans(app).text("app", "FreezeReason"))
            .isEqualTo("there was no place for it to run in (WasmMaxConcurrent, WasmLockFile)");
        assertThat(get(app, "x").status()).isEqualTo(503);
        lock.release();
        Polling.await(PATIENCE, "it is frozen", () -> get(app, "x").status() == 200);
      }
    }
  }

  @OnEveryContainer
  void anApplicationCanBeStoppedWhileItIsBeingFrozen(Container container) throws Exception {
    try (WebApp.Deployed app =
        FrozenApplication.of(
                "scgi", "stdin", "WasmPreload", "Background", "WasmEnv", "NEVER_ASKS 1")
            .deploy(container.server())) {
      assertThat(new RouteBeans(app).text("app", "State")).isEqualTo("loading");
      Polling.await(PATIENCE, "it is being frozen", () -> isThere("wasm-load app"));
    }
    Polling.await(PATIENCE, "nobody freezes it any more", () -> !isThere("wasm-load app"));
  }

  private static boolean isThere(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(thread));
  }

  private static void write(WebApp webApp, String name, String text) throws Exception {
    Path file = webApp.directory().resolve("WEB-INF/app").resolve(name);
    Path copy = Files.writeString(webApp.directory().resolve("copy"), text);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String target(WebApp.Deployed app, String query) {
    return app.contextPath() + "/app?" + query;
  }

  private static RawResponse get(WebApp.Deployed app, String query) throws Exception {
    return RawHttp.get(app.port(), target(app, query));
  }
}
