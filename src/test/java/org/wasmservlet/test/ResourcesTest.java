package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.Jar;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Programs and their files that are in jars, on the class path or in a WAR that stays packed. */
@Timeout(120)
class ResourcesTest {
  private static final String CONTENT = "from an archive";

  @OnEveryContainer
  void findsWhatTheContainerFindsInAJar(Container container) throws Exception {
    WebApp webApp =
        new WebApp()
            .file("WEB-INF/lib/bundle.jar", bundle("META-INF/resources/", true))
            .file("programs/data/own.txt", "beside the jar's");
    webApp.file("real/data/file.txt", "of the host");
    probe(webApp, "jar", "programs/probe.wasm", "/site programs/site ro\n/real real/data ro");
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(cat(app, "/jar", "/site/data/a file.txt").body()).isEqualTo(CONTENT);
      assertThat(cat(app, "/jar", "/real/file.txt").body()).isEqualTo("of the host");
      assertThat(get(app, "/jar?env").variable("argv[0]")).isEqualTo("probe.wasm");
      if (container != Container.UNDERTOW) {
        // By itself it serves nothing of jars.
        assertThat(get(app, "/programs/site/data/a%20file.txt").body()).isEqualTo(CONTENT);
      }
    }
  }

  @OnEveryContainer
  void findsWhatIsOnTheClassPath(Container container) throws Exception {
    for (boolean withDirectories : new boolean[] {true, false}) {
      WebApp webApp =
          new WebApp()
              .file("WEB-INF/lib/bundle.jar", bundle("", withDirectories))
              .file("WEB-INF/lib/more.jar", new Jar(true).file("programs/site/more", "2").bytes())
              .file("WEB-INF/classes/in/place/file.txt", "of the host");
      if (withDirectories) {
        webApp.file(
            "WEB-INF/lib/zz.jar", new Jar(true).file("programs/site/data/a file.txt", "2").bytes());
      }
      probe(
          webApp,
          "jar",
          "classpath:programs/probe.wasm",
          "/site classpath:programs/site ro\n/place classpath:in/place/ ro");
      try (WebApp.Deployed app = webApp.deploy(container.server())) {
        if (withDirectories) {
          assertThat(cat(app, "/jar", "/site/more").body()).isEqualTo("2");
          assertThat(cat(app, "/jar", "/site/data/a file.txt").body()).isIn(CONTENT, "2");
        }
        assertThat(cat(app, "/jar", "/place/file.txt").body()).isEqualTo("of the host");
        assertThat(get(app, "/jar?env").variable("argv[0]")).isEqualTo("probe.wasm");
      }
    }
  }

  @OnEveryContainer
  void findsWhatIsInAJarWithoutEntriesOfItsDirectories(Container container) throws Exception {
    WebApp webApp = new WebApp().file("WEB-INF/lib/bundle.jar", bundle("", false));
    probe(webApp, "jar", "classpath:programs/probe.wasm", "/site classpath:programs/site ro");
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(cat(app, "/jar", "/site/data/a file.txt").body()).isEqualTo(CONTENT);
    }
  }

  /** Jetty does not start with a packed WAR that has jars: it cannot read a jar inside of one. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource
  void servesEverythingFromAWarThatStaysPacked(Container container, boolean withDirectories)
      throws Exception {
    WebApp webApp =
        new WebApp()
            .probe()
            .file("WEB-INF/site/data/a file.txt", CONTENT)
            .file("WEB-INF/site/page.cgi", "a program")
            .file("WEB-INF/classes/own/file.txt", "of the classes")
            .file("WEB-INF/lib/bundle.jar", bundle("", true));
    probe(
        webApp,
        "packed",
        "WEB-INF/probe.wasm",
        "/site WEB-INF/site ro\n/jar classpath:programs/site ro\n/own classpath:own ro");
    webApp.servlet(
        "site",
        "/site/*",
        "WasmModule",
        "classpath:programs/probe.wasm",
        "WasmEnableCGI",
        "On",
        "WasmDocumentRoot",
        "WEB-INF/site",
        "WasmHandler",
        ".cgi");
    TestServer server = container.startSharingCore(0);
    try {
      server.deploy("/packed", webApp.packed(withDirectories), false);
      WebApp.Deployed app = new WebApp.Deployed(server, "/packed");
      assertThat(cat(app, "/packed", "/site/data/a file.txt").body()).isEqualTo(CONTENT);
      assertThat(cat(app, "/packed", "/jar/data/a file.txt").body()).isEqualTo(CONTENT);
      assertThat(cat(app, "/packed", "/own/file.txt").body()).isEqualTo("of the classes");
      assertThat(get(app, "/site/data/a%20file.txt").body()).isEqualTo(CONTENT);
      assertThat(get(app, "/site/page.cgi/x?env").variable("PATH_INFO")).isEqualTo("/x");
    } finally {
      server.stop();
    }
  }

  static List<Arguments> servesEverythingFromAWarThatStaysPacked() {
    return Container.askedFor().stream()
        .filter(container -> container != Container.JETTY_12)
        .flatMap(container -> Stream.of(true, false).map(with -> Arguments.of(container, with)))
        .toList();
  }

  @OnEveryContainer
  void refusesWhatCannotBe(Container container) throws Exception {
    String[][] mistakes = {
      {"WasmMapDir", "/a programs/site", "belongs to the application's archive"},
      {"WasmMapDir", "/a programs/site rw", "belongs to the application's archive"},
      {"WasmMapDir", "/a classpath:wide/site", "belongs to the application's archive"},
      {"WasmDir", "classpath:wide/site", "belongs to the application's archive"},
      {"WasmMapDir", "/a classpath:none ro", "no such directory on the class path"},
      {"WasmMapDir", "/a classpath:../x ro", "must be a path on the class path"},
      {"WasmMapDir", "/a classpath:/etc ro", "must be a path on the class path"},
      {"WasmMapDir", "/a classpath: ro", "must be a path on the class path"},
      {"WasmMapDir", "/a programs/none ro", "does not exist"},
      {"WasmModule", "classpath:none.wasm", "no such file on the class path"},
      {"WasmModule", "classpath:wide/../x.wasm", "must be a path on the class path"},
      {"WasmLockFile", "classpath:wide/lock", "must be an absolute path"},
      {"WasmDocumentRoot", "programs/site", "the container would show the programs' sources"},
      {
        "WasmDocumentRoot",
        "classpath:META-INF/resources/programs/site",
        "the container would show the programs' sources"
      },
    };
    WebApp webApp =
        new WebApp()
            .file("WEB-INF/lib/shown.jar", bundle("META-INF/resources/", true))
            .file(
                "WEB-INF/lib/bundle.jar",
                new Jar(true).file("wide/site/file", CONTENT).file("wide/lock", "").bytes());
    for (int i = 0; i < mistakes.length; i++) {
      String[] params = {
        "WasmModule", Guests.probeFile().toString(), "WasmEnableCGI", "On", "WasmHandler", ".cgi"
      };
      boolean isRoot = mistakes[i][0].equals("WasmDocumentRoot");
      boolean isModule = mistakes[i][0].equals("WasmModule");
      List<String> all = Stream.of(params).limit(isRoot ? 6 : 4).skip(isModule ? 2 : 0).toList();
      webApp.servlet(
          "m" + i,
          "/m" + i,
          Stream.concat(all.stream(), Stream.of(mistakes[i][0], mistakes[i][1]))
              .toArray(String[]::new));
    }
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app = webApp.deploy(container.server())) {
      for (int i = 0; i < mistakes.length; i++) {
        String line = "servlet 'm" + i + "': " + mistakes[i][0] + " '" + mistakes[i][1] + "': ";
        assertThat(log.text().lines().filter(l -> l.contains(line)))
            .as(line)
            .anyMatch(saying(mistakes[i][2]));
        assertThat(get(app, "/m" + i).status()).isEqualTo(container.statusOfUnavailableServlet());
      }
    }
  }

  @OnEveryContainer
  void unpacksForItsOwnUserAloneAndWhereTheContainerKeepsTemporaryFiles(Container container)
      throws Exception {
    WebApp webApp =
        new WebApp()
            .descriptor(
                "<listener><listener-class>org.wasmservlet.test.TemporaryDirectories"
                    + "</listener-class></listener>")
            .file("WEB-INF/lib/bundle.jar", bundle("", true));
    probe(webApp, "jar", "classpath:programs/probe.wasm", "/site classpath:programs/site ro");
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      Path folder =
          Path.of(System.getProperty(TemporaryDirectories.PROPERTY + app.contextPath()))
              .resolve("wasm-resources");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(
                files.map(file -> folder.relativize(file).toString().replace(File.separator, "/")))
            .anyMatch(file -> file.endsWith("/data/a file.txt"))
            .anyMatch(file -> file.endsWith("/probe.wasm"));
      }
    }
  }

  private static java.util.function.Predicate<String> saying(String words) {
    return line -> line.contains(words);
  }

  /** The probe and a directory. */
  private static byte[] bundle(String prefix, boolean withDirectories) {
    return new Jar(withDirectories)
        .file(prefix + "programs/probe.wasm", Guests.probe())
        .file(prefix + "programs/site/data/a file.txt", CONTENT)
        .file(prefix + "programs/site/page.cgi", "a program")
        .bytes();
  }

  private static void probe(WebApp webApp, String name, String module, String directories) {
    webApp.servlet(
        name, "/" + name, "WasmModule", module, "WasmEnableCGI", "On", "WasmMapDir", directories);
  }

  private static RawResponse cat(WebApp.Deployed app, String route, String file) throws Exception {
    return get(app, route + "?" + Probe.query("cat", file));
  }

  private static RawResponse get(WebApp.Deployed app, String path) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + path);
  }
}
