package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** No program may write where the host, the container or the web application has what is theirs. */
class HostPlacesTest {
  private static final String CURE =
      "; end the line with ro, map tmp:, or name a directory outside of it";

  @OnEveryContainer
  void areTheWebApplicationsOwnDirectories(Container container) throws Exception {
    WebApp webApp = new WebApp();
    Path root = webApp.directory().toRealPath();
    webApp.file("WEB-INF/php/a.php", "").file("META-INF/a", "").file("uploads/a", "");
    String of = " of OWNER of " + webApp.contextPath() + "/";
    refuses(
        container,
        webApp,
        new String[][] {
          {"WEB-INF/php", " lies in " + root.resolve("WEB-INF") + ", WEB-INF" + of + CURE},
          {"WEB-INF", " is " + root.resolve("WEB-INF") + ", WEB-INF" + of},
          {"META-INF", " is " + root.resolve("META-INF") + ", META-INF" + of},
          {".", root + " is " + root + ", the root directory" + of},
          // The container would run a JSP there.
          {"uploads", " lies in " + root + ", the root directory" + of},
          {"..", root.getParent() + " holds "}
        });
  }

  @OnEveryContainer
  void areTheContainersAndTheJvms(Container container) throws Exception {
    Path work = Scratch.directory("places").toRealPath();
    Path base = Files.createDirectories(work.resolve("base"));
    Path deployed = Files.createDirectories(base.resolve("webapps"));
    Path java = Path.of(System.getProperty("java.home")).toRealPath();
    String property = container == Container.JETTY_12 ? "jetty.base" : "catalina.base";
    String before = System.getProperty(property);
    System.setProperty(property, base.toString());
    try {
      String its = ", the container's (" + property + ")" + CURE;
      refuses(
          container,
          new WebApp(),
          new String[][] {
            {deployed.toString(), deployed + " lies in " + base + its},
            {base.toString(), base + " is " + base + its},
            {work.toString(), work + " holds " + base + its},
            {java.resolve("lib").toString(), " lies in " + java + ", Java itself (java.home)"},
            {java.toString(), java + " is " + java + ", Java itself (java.home)"},
            {"/", "/ holds "}
          });
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  @OnEveryContainer
  void areTheClassPathAndTheDirectoryForTemporaryFiles(Container container) throws Exception {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    Path classes = Path.of("target/test-classes").toRealPath();
    Path below = Files.createTempDirectory("given");
    // Not in the build's output, for links in circles hold build tools up.
    Path link = Files.createSymbolicLink(below.resolve("link"), temporary);
    String itsName = ", where the JVM has temporary files (java.io.tmpdir)" + CURE;
    try {
      refuses(
          container,
          new WebApp(),
          new String[][] {
            {temporary.toString(), temporary + " is " + temporary + itsName},
            {link.toString(), temporary + " is " + temporary + itsName},
            {classes.toString(), classes + " is " + classes + ", code "},
            {classes.getParent().toString(), classes.getParent() + " holds "}
          });
      try (WebApp.Deployed app =
          new WebApp()
              .probe()
              .servlet("p", "/p", probe("WasmMapDir", "/a " + below))
              .deploy(container.server())) {
        assertThat(status(app, "/p")).as("a directory in it is nobody's").isEqualTo(200);
      }
    } finally {
      Files.delete(link);
      Files.delete(below);
    }
  }

  @OnEveryContainer
  void areWhereCompiledModulesAreKept(Container container) throws Exception {
    Path work = Scratch.directory("kept").toRealPath();
    Path cache = work.resolve("deeper/cache");
    WebApp webApp = new WebApp();
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app =
            webApp
                .probe()
                .servlet(
                    "wrong",
                    "/wrong",
                    probe("WasmCacheDir", cache.toString(), "WasmMapDir", "/a " + work))
                .deploy(container.server())) {
      assertThat(log.text())
          .contains(
              "servlet 'wrong': WasmMapDir '/a "
                  + work
                  + "': "
                  + work
                  + " holds "
                  + cache
                  + ", WasmCacheDir of servlet 'wrong' of "
                  + app.contextPath()
                  + "/"
                  + CURE);
      assertThat(status(app, "/wrong")).isEqualTo(container.statusOfUnavailableServlet());
    }
    assertThat(cache).doesNotExist();
  }

  @OnEveryContainer
  void areThoseOfOtherWebApplicationsToo(Container container) throws Exception {
    for (String name : new String[] {"WasmCacheDir", "WasmLockFile"}) {
      Path work = Scratch.directory("kept").toRealPath();
      Path place = work.resolve("place");
      String[] given = {"WasmMapDir", "/a " + work};
      try (WebApp.Deployed there =
              new WebApp().probe().servlet("one", "/one", probe(given)).deploy(container.server());
          ContainerLog log = new ContainerLog();
          WebApp.Deployed app =
              new WebApp()
                  .probe()
                  .servlet("two", "/two", probe(name, place.toString()))
                  .deploy(container.server())) {
        assertThat(log.text())
            .contains(
                "servlet 'two': "
                    + name
                    + " '"
                    + place
                    + "': programs could reach it in "
                    + work
                    + ", which servlet 'one' of "
                    + there.contextPath()
                    + "/ has as /a; name another place");
        assertThat(status(there, "/one")).isEqualTo(200);
        assertThat(status(app, "/two")).isEqualTo(container.statusOfUnavailableServlet());
        assertThat(place).doesNotExist();
      }
      try (WebApp.Deployed there =
              new WebApp()
                  .probe()
                  .servlet("two", "/two", probe(name, place.toString()))
                  .deploy(container.server());
          ContainerLog log = new ContainerLog();
          WebApp.Deployed app =
              new WebApp()
                  .probe()
                  .servlet("one", "/one", probe(given))
                  .deploy(container.server())) {
        assertThat(log.text())
            .contains(
                "servlet 'one': WasmMapDir '/a "
                    + work
                    + "': "
                    + work
                    + " holds "
                    + place
                    + ", "
                    + name
                    + " of servlet 'two' of "
                    + there.contextPath()
                    + "/");
        assertThat(status(there, "/two")).isEqualTo(200);
        assertThat(status(app, "/one")).isEqualTo(container.statusOfUnavailableServlet());
      }
    }
  }

  @OnEveryContainer
  void mayBeRead(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .file("WEB-INF/data/f", "content")
            .servlet("p", "/p", probe("WasmMapDir", "/a WEB-INF/data ro\n/b . ro"))
            .deploy(container.server())) {
      assertThat(
              RawHttp.get(app.port(), app.contextPath() + "/p?" + Probe.query("cat", "/a/f"))
                  .body())
          .isEqualTo("content");
    }
  }

  /** Deploys one servlet for each directory, all of which are refused. */
  private static void refuses(Container container, WebApp webApp, String[][] mistakes)
      throws Exception {
    webApp.probe();
    for (int i = 0; i < mistakes.length; i++) {
      webApp.servlet("s" + i, "/s" + i, probe("WasmMapDir", "/a " + mistakes[i][0]));
    }
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app = webApp.deploy(container.server())) {
      for (int i = 0; i < mistakes.length; i++) {
        String line = "servlet 's" + i + "': WasmMapDir '/a " + mistakes[i][0] + "': ";
        String reason = mistakes[i][1].replace("OWNER", "servlet 's" + i + "'");
        assertThat(log.text().lines().filter(text -> text.contains(line)))
            .isNotEmpty()
            .allMatch(text -> text.contains(reason));
        assertThat(status(app, "/s" + i)).isEqualTo(container.statusOfUnavailableServlet());
      }
    }
  }

  private static String[] probe(String... more) {
    List<String> params =
        new ArrayList<>(List.of("WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On"));
    params.addAll(List.of(more));
    return params.toArray(new String[0]);
  }

  private static int status(WebApp.Deployed app, String path) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + path + "?bytes&10").status();
  }
}
