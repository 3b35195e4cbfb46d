package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.CommandLine;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.StaticRegistry;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Modules that a web application names by reference: in a registry, until they are there. */
@Timeout(120)
class ReferencesTest {
  private static final String FETCHER = "org.wasmservlet.core.reference.ModuleFetcher";
  private static final String SOURCE = "org.wasmservlet.oci.OciSource";
  private static final Pattern PINNED = Pattern.compile(" is (oci://\\S+@sha256:[0-9a-f]{64}): ");

  @OnEveryContainer
  void aModuleInARegistryIsServedAndAfterARestartWithoutTheRegistry(Container container)
      throws Exception {
    Path cache = Scratch.directory("references").resolve("cache");
    StaticRegistry registry = new StaticRegistry();
    String reference;
    WebApp webApp;
    try (registry) {
      reference = registry.push("tools/probe", "1", Guests.probeOfItsOwn());
      webApp = application(reference, cache);
      try (LogCapture log = new LogCapture(SOURCE)) {
        served(container, webApp, reference);
        Matcher pinned = PINNED.matcher(log.messages().get(0));
        assertThat(pinned.find()).as(log.messages().get(0)).isTrue();
        assertThat(pinned.group(1)).startsWith(reference + "@");
      }
      assertThat(registry.requests()).filteredOn(path -> path.contains("/blobs/")).hasSize(1);
    }
    try (LogCapture log = new LogCapture(SOURCE)) {
      served(container, webApp, reference);
      assertThat(log.messages())
          .hasSize(2)
          .allMatch(message -> message.startsWith(reference + " is taken for what it was when"));
    }
  }

  /** The library for registries is the web application's, and wasm-core the container's. */
  @OnEveryContainer
  void aModuleThatIsNotWhatItMustBeFailsItsServletAlone(Container container) throws Exception {
    try (StaticRegistry registry = new StaticRegistry()) {
      String reference = registry.push("tools/probe", "1", Guests.probeOfItsOwn());
      String wrong = reference + "@sha256:" + "0".repeat(64);
      Path cache = Scratch.directory("references").resolve("cache");
      WebApp webApp = new WebApp().registries();
      for (String name : new String[] {"good", "bad"}) {
        webApp.servlet(
            name,
            "/" + name,
            "WasmModule",
            name.equals("good") ? reference : wrong,
            "WasmEnableCGI",
            "On",
            "WasmCacheDir",
            cache.toString());
      }
      try (LogCapture log = new LogCapture();
          WebApp.Deployed app = webApp.deploy(container.server())) {
        assertThat(log.messages())
            .contains(
                "servlet 'bad': WasmModule '"
                    + wrong
                    + "': the registry "
                    + reference.split("/")[2]
                    + " has no manifests/sha256:"
                    + "0".repeat(64)
                    + " in tools/probe");
        assertThat(get(app, "/bad").status()).isEqualTo(container.statusOfUnavailableServlet());
        assertThat(get(app, "/good?env").status()).isEqualTo(200);
      }
    }
  }

  private static RawResponse get(WebApp.Deployed app, String path) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + path);
  }

  @Test
  void aWarIsPackedWithWhatItNamesAndNeedsNoRegistry() throws Exception {
    Path war;
    String reference;
    try (StaticRegistry registry = new StaticRegistry()) {
      reference = registry.push("tools/probe", "1", Guests.probeOfItsOwn());
      String frozen = registry.push("tools/frozen", "1", Guests.application());
      war =
          application(reference, Scratch.directory("references").resolve("cache"))
              .file("WEB-INF/app/version", "1")
              .servlet(
                  "frozen",
                  "/frozen",
                  "WasmModule",
                  frozen,
                  "WasmEnableCGI",
                  "On",
                  "WasmGateway",
                  "scgi",
                  "WasmFreeze",
                  "stdin",
                  "WasmUnfrozen",
                  "Refuse",
                  "WasmMapDir",
                  "/app WEB-INF/app ro\n/tmp tmp:")
              .packed();
      assertThat(CommandLine.run(war.toString()))
          .contains("servlet 'frozen': is frozen where it reads its standard input: ")
          .containsPattern("servlet 'probe': " + reference + " is packed: [0-9a-f]{64}\\.wasm\n")
          .containsPattern("/WEB-INF/wasm-cache/[0-9a-f]{64}\\.wasm: \\d+ functions, ");
    }
    TestServer server = Container.TOMCAT_11.startOwn();
    try (LogCapture log = new LogCapture();
        LogCapture fetches = new LogCapture(FETCHER)) {
      server.deploy("/packed", war, false);
      RawResponse response = RawHttp.get(server.port(), "/packed/a/b?env");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.variable("PATH_INFO")).isEqualTo("/b");
      assertThat(RawHttp.get(server.port(), "/packed/frozen?x").variable("requests"))
          .isEqualTo("1");
      assertThat(log.messages())
          .anyMatch(m -> m.contains("; loaded from a prepared module in "))
          .noneMatch(m -> m.contains("; compiled in "))
          .anyMatch(m -> m.contains(" is resumed from what was kept where it reads its "));
      assertThat(fetches.messages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  /** Two routes that have one module. */
  private static WebApp application(String reference, Path cache) throws Exception {
    WebApp webApp = new WebApp();
    for (String name : new String[] {"probe", "other"}) {
      webApp.servlet(
          name,
          name.equals("probe") ? "/a/*" : "/b/*",
          "WasmModule",
          reference,
          "WasmEnableCGI",
          "On",
          "WasmReload",
          "On",
          "WasmCacheDir",
          cache.toString());
    }
    webApp.descriptor(
        "<servlet><servlet-name>status</servlet-name>"
            + "<servlet-class>org.wasmservlet.WasmStatusServlet</servlet-class></servlet>"
            + "<servlet-mapping><servlet-name>status</servlet-name>"
            + "<url-pattern>/status</url-pattern></servlet-mapping>");
    webApp.registries().complete();
    return webApp;
  }

  private static void served(Container container, WebApp webApp, String reference)
      throws Exception {
    TestServer server = container.startOwn();
    try {
      server.deploy(webApp.contextPath(), webApp.directory(), true);
      for (String path : new String[] {"/a/b?env", "/b/b?env"}) {
        RawResponse response = RawHttp.get(server.port(), webApp.contextPath() + path);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.variable("PATH_INFO")).isEqualTo("/b");
        assertThat(response.variable("argv[0]")).isEqualTo("probe");
      }
      RawResponse status = RawHttp.get(server.port(), webApp.contextPath() + "/status");
      assertThat(status.body()).contains("<code>" + reference + "</code>");
    } finally {
      server.stop();
    }
  }
}
