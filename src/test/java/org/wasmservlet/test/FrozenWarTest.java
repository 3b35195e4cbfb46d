package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.CommandLine;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/**
 * A WAR that was prepared by the command compiles nothing and starts nothing, not even in its first
 * deployment, wherever that is.
 */
@Timeout(300)
class FrozenWarTest {
  private static final String RESUMED =
      " is resumed from what was kept where it reads its standard input: ";

  private static final String PREPARED = "; loaded from a prepared module in ";

  private static final String FROZEN = " is frozen where ";

  /** Made once for all containers, and deployed by copies: at another place, with other times. */
  private static Path war;

  /** The number that the program drew when it was frozen. */
  private static String born;

  private static final String PYTHON =
      """
      import json, os, sys

      seen = 0
      text = open("/app/text").read()
      names = os.listdir("/app")

      def application(environ, start_response):
          global seen
          seen += 1
          start_response("200 OK", [("Content-Type", "text/plain")])
          return [f"loaded={'json' in sys.modules}\\nseen={seen}\\ntext={text}\\n".encode()]
      """;

  @OnEveryContainer
  void nothingIsRunInTheFirstDeployment(Container container) throws Exception {
    isResumed(container.startOwn(), true);
  }

  /** Which Jetty does not: then there is a copy of the program's files at another place. */
  @Test
  void nothingIsRunWhereTheWarStaysPacked() throws Exception {
    isResumed(Container.TOMCAT_11.startOwn(), false);
  }

  private static void isResumed(TestServer server, boolean unpack) throws Exception {
    try (LogCapture log = new LogCapture()) {
      WebApp.Deployed app = deploy(server, copy(), unpack);
      RouteBeans beans = new RouteBeans(app);
      assertThat(beans.text("app", "Freeze")).isEqualTo("frozen");
      assertThat(log.messages())
          .anyMatch(m -> m.contains(RESUMED))
          .noneMatch(m -> m.contains(FROZEN));
      assertThat(log.messages().stream().filter(m -> m.contains(PREPARED))).hasSize(2);
      assertThat(log.messages()).noneMatch(m -> m.contains("compiled in"));
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/hello").body()).isEqualTo("hello\n");
      for (int request = 0; request < 2; request++) {
        RawResponse response = get(app);
        assertThat(response.variable("version")).isEqualTo("1");
        assertThat(response.variable("files")).isEqualTo("3");
        assertThat(response.variable("requests")).isEqualTo("1");
        born = born == null ? response.variable("born") : born;
        assertThat(response.variable("born")).isEqualTo(born).matches("\\d+");
      }
      beans.awaitRoute("app", "Resumed", 2);
      server.undeploy(app.contextPath());
    } finally {
      server.stop();
    }
  }

  @Test
  void isFrozenAnewWhereAFileIsAnother() throws Exception {
    Path changed = copy();
    try (FileSystem archive = FileSystems.newFileSystem(changed)) {
      Files.writeString(archive.getPath("WEB-INF/app/version"), "2");
    }
    TestServer server = Container.JETTY_12.startSharingCore(0);
    try (LogCapture log = new LogCapture();
        LogCapture core = new LogCapture("org.wasmservlet.core.FrozenPrograms")) {
      WebApp.Deployed app = deploy(server, changed, true);
      assertThat(core.messages())
          .singleElement()
          .asString()
          .matches(".*\\.frozen is not used: .*/WEB-INF/app/version has changed since");
      assertThat(log.messages())
          .anyMatch(m -> m.contains(FROZEN))
          .noneMatch(m -> m.contains(RESUMED));
      assertThat(get(app).variable("version")).isEqualTo("2");
      server.undeploy(app.contextPath());
    } finally {
      server.stop();
    }
  }

  /**
   * The adapter's files come out of this library's jar, and are at another place in each server.
   */
  @Test
  void anApplicationInPythonGoesOnToo() throws Exception {
    Path shop = python().packed();
    assertThat(CommandLine.run(shop.toString()))
        .contains("/WEB-INF/python.wasm: is prepared")
        .contains("servlet 'shop': is frozen where it reads its standard input: ");
    TestServer server = Container.JETTY_12.startOwn();
    try (LogCapture log = new LogCapture()) {
      WebApp.Deployed app = deploy(server, shop, true);
      assertThat(log.messages())
          .anyMatch(m -> m.contains(RESUMED))
          .noneMatch(m -> m.contains(FROZEN));
      for (int request = 0; request < 2; request++) {
        RawResponse response = RawHttp.get(app.port(), app.contextPath() + "/shop?x");
        assertThat(response.variable("loaded")).isEqualTo("True");
        assertThat(response.variable("seen")).isEqualTo("1");
        assertThat(response.variable("text")).isEqualTo("of the file");
      }
      new RouteBeans(app).awaitRoute("shop", "Resumed", 2);
      server.undeploy(app.contextPath());
    } finally {
      server.stop();
    }
  }

  private static WebApp python() throws Exception {
    Path module = Sample.module("python-3.11.3.wasm");
    Path prepared = Sample.preparedToFreeze("python-3.11.3.wasm");
    return new WebApp()
        .file("WEB-INF/wasm-cache/" + prepared.getFileName(), Files.readAllBytes(prepared))
        .file("WEB-INF/python.wasm", Files.readAllBytes(module))
        .directory("WEB-INF/usr", module.resolveSibling("python-3.11.3/usr/local"))
        .file("WEB-INF/python/text", "of the file")
        .file("WEB-INF/python/app.py", PYTHON)
        .servlet(
            "shop",
            "/shop",
            "WasmModule",
            "WEB-INF/python.wasm",
            "WasmApplication",
            "app:application",
            "WasmEnableCGI",
            "On",
            "WasmGateway",
            "scgi",
            "WasmFreeze",
            "stdin",
            "WasmUnfrozen",
            "Refuse",
            "WasmTimeout",
            "2m",
            "WasmCacheDir",
            "Off",
            "WasmEnv",
            "PYTHONHOME /usr/local\nPYTHONDONTWRITEBYTECODE 1",
            "WasmMapDir",
            "/usr/local WEB-INF/usr ro\n/app WEB-INF/python ro\n/tmp tmp:");
  }

  private static WebApp.Deployed deploy(TestServer server, Path application, boolean unpack)
      throws Exception {
    server.deploy("/frozen", application, unpack);
    return new WebApp.Deployed(server, "/frozen");
  }

  private static synchronized Path copy() throws Exception {
    if (war == null) {
      war = application().packed();
      assertThat(CommandLine.run(war.toString()))
          .contains("/WEB-INF/hello.wasm: 4 functions")
          .contains("servlet 'app': is frozen where it reads its standard input: ");
    }
    return Files.copy(war, Scratch.directory("war").resolve("shop.war"));
  }

  private static WebApp application() throws Exception {
    return FrozenApplication.of("scgi", "stdin", "WasmUnfrozen", "Refuse", "WasmCacheDir", "Off")
        .file("WEB-INF/hello.wasm", Guests.core("hello"))
        .servlet("hello", "/hello", "WasmModule", "WEB-INF/hello.wasm", "WasmCacheDir", "Off");
  }

  private static RawResponse get(WebApp.Deployed app) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + "/app?x");
  }
}
