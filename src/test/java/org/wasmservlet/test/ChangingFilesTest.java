package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Clients ask for files that a program is changing: no byte of a file outside is sent. */
@Timeout(300)
class ChangingFilesTest {
  private static final long MILLIS = 1500;

  /** What is longer than that, Tomcat's connector sends where it may. */
  private static final int LARGE = 200_000;

  private static final char OWN = 'o';
  private static final char SECRET = 'S';

  /** Where the files are that change, and who shows them. */
  private enum Layout {
    /** The files of a servlet's document root. */
    SERVLET {
      @Override
      WebApp make(Site site) throws IOException {
        return site.readOnly("/site", Scratch.directory("site"))
            .servlet("site", "/*", with(site, "WasmDocumentRoot", site.root.toString()));
      }
    },
    /** A directory of the web application's own root, which a program has got all the same. */
    OWN_ROOT {
      @Override
      WebApp make(Site site) throws IOException {
        site.writableHere = false;
        WebApp app = new WebApp().probe();
        site.readOnly("/site", app.directory());
        return app.filter("site", "/*", with(site));
      }
    },
    /** As WordPress is: the application read-only, a directory in it not. */
    BELOW_A_PREFIX {
      @Override
      WebApp make(Site site) throws IOException {
        site.prefix = "/blog";
        return site.readOnly("/site", Scratch.directory("blog"))
            .filter("blog", "/blog/*", with(site, "WasmDocumentRoot", site.root.toString()));
      }
    },
    /** The program that changes the files is another web application's. */
    ANOTHER_APPLICATION {
      @Override
      WebApp make(Site site) throws IOException {
        site.writableHere = false;
        return SERVLET.make(site);
      }
    };

    abstract WebApp make(Site site) throws IOException;

    static String[] with(Site site, String... more) {
      String[] params = {
        "WasmModule",
        Guests.probeFile().toString(),
        "WasmEnableCGI",
        "On",
        "WasmHandler",
        ".php",
        "WasmMapDir",
        site.mapped()
      };
      return Stream.concat(Arrays.stream(params), Arrays.stream(more)).toArray(String[]::new);
    }
  }

  /** The files, and what is outside. */
  private static final class Site {
    private Path root;
    private String guestPath;
    private String prefix = "";
    private boolean writableHere = true;

    WebApp readOnly(String guest, Path directory) throws IOException {
      guestPath = guest;
      root = directory.toRealPath();
      Path outside = Files.createDirectories(root.resolveSibling("outside"));
      write(outside.resolve("secret.txt"), SECRET, LARGE);
      for (Path files : new Path[] {files(), files().resolve("d")}) {
        Files.createDirectories(files);
        write(files.resolve("small.txt"), OWN, 1000);
        write(files.resolve("large.txt"), OWN, LARGE);
      }
      for (String name : new String[] {"small.txt", "large.txt"}) {
        write(outside.resolve(name), SECRET, LARGE);
      }
      return new WebApp();
    }

    private static void write(Path file, char content, int length) throws IOException {
      Files.writeString(file, String.valueOf(content).repeat(length));
    }

    Path files() {
      return root.resolve("files");
    }

    /** Gives the files to programs of nobody in particular, until it is closed. */
    GivenDirectories giveAway() throws IOException {
      Preopen files = new Preopen("/files", files(), Preopen.Access.READ_WRITE);
      return GivenDirectories.register("a program", List.of(files));
    }

    String mapped() {
      String outer = root + " ro";
      return guestPath + " " + outer + (writableHere ? "\n/files " + files() : "");
    }
  }

  static Stream<Arguments> everyLayoutOnEveryContainer() {
    return Container.askedFor().stream()
        .flatMap(
            container ->
                Arrays.stream(Layout.values()).map(layout -> Arguments.of(container, layout)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyLayoutOnEveryContainer")
  void sendsNothingFromOutsideWhileFilesAndLinksAreSwapped(Container container, Layout layout)
      throws Exception {
    Site site = new Site();
    WebApp made = layout.make(site);
    WebApp another =
        new WebApp()
            .servlet(
                "writer",
                "/*",
                "WasmModule",
                Guests.probeFile().toString(),
                "WasmMapDir",
                "/files " + site.files());
    try (WebApp.Deployed app = made.deploy(container.server());
        WebApp.Deployed other =
            layout == Layout.ANOTHER_APPLICATION ? another.deploy(container.server()) : null) {
      assertThat(other == null).isEqualTo(layout != Layout.ANOTHER_APPLICATION);
      GivenDirectories given = layout == Layout.OWN_ROOT ? site.giveAway() : null;
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Long> swaps = CompletableFuture.supplyAsync(() -> swap(site, stop));
      Seen seen = new Seen();
      try {
        String files = app.contextPath() + site.prefix + "/files/";
        seen.askFor(
            app.port(), MILLIS, files + "small.txt", files + "large.txt", files + "d/large.txt");
      } finally {
        stop.set(true);
        swaps.join();
        if (given != null) {
          given.close();
        }
      }
      assertThat(swaps.get()).isGreaterThan(10);
      seen.assertThatItIsAllRight();
    }
  }

  @OnEveryContainer
  void sendsNothingFromOutsideWhileAProgramSwapsAFileAndALink(Container container)
      throws Exception {
    Site site = new Site();
    try (WebApp.Deployed app =
        Layout.SERVLET
            .make(site)
            .file("WEB-INF/swapper.wasm", Guests.swapper())
            .servlet(
                "swapper",
                "/swap",
                "WasmModule",
                "WEB-INF/swapper.wasm",
                "WasmEnableCGI",
                "On",
                "WasmMapDir",
                "/ " + site.files())
            .deploy(container.server())) {
      Files.copy(site.files().resolve("large.txt"), site.files().resolve("own"));
      CompletableFuture<String> swaps =
          CompletableFuture.supplyAsync(() -> body(app, "/swap?" + 2 * MILLIS));
      Seen seen = new Seen();
      seen.askFor(app.port(), MILLIS, app.contextPath() + "/files/name.txt");
      assertThat(swaps.get()).matches("swaps=[1-9][0-9]+\\s*");
      seen.assertThatItIsAllRight();
    }
  }

  @OnEveryContainer
  void showsAFileThatAProgramMayChangeAsAnyOther(Container container) throws Exception {
    Site site = new Site();
    WebApp made = Layout.OWN_ROOT.make(site).file("steady.txt", "steady").file("x/index.html", "x");
    Files.createSymbolicLink(site.files().resolve("link.txt"), Path.of("../steady.txt"));
    Files.createSymbolicLink(site.files().resolve("descriptor"), Path.of("../WEB-INF/web.xml"));
    Files.createSymbolicLink(site.files().resolve("out.txt"), Path.of("../../outside/small.txt"));
    try (WebApp.Deployed app = made.deploy(container.server());
        GivenDirectories given = site.giveAway()) {
      assertThat(given.route()).isNotEmpty();
      String files = app.contextPath() + "/files/";
      RawResponse small = RawHttp.get(app.port(), files + "small.txt");
      assertThat(small.status()).isEqualTo(200);
      assertThat(small.header("Content-Type")).startsWith("text/plain");
      assertThat(small.bytes()).hasSize(1000);
      RawResponse again =
          RawHttp.get(app.port(), files + "small.txt", "If-None-Match: " + small.header("ETag"));
      assertThat(again.status()).isEqualTo(304);
      RawResponse part = RawHttp.get(app.port(), files + "large.txt", "Range: bytes=1-");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.bytes()).hasSize(LARGE - 1);
      // A container would not follow it.
      assertThat(RawHttp.get(app.port(), files + "link.txt").body()).isEqualTo("steady");
      assertThat(RawHttp.get(app.port(), files + "descriptor").status()).isEqualTo(404);
      assertThat(RawHttp.get(app.port(), files + "out.txt").status()).isEqualTo(404);
      assertThat(body(app, "/steady.txt")).isEqualTo("steady");
    }
  }

  @OnEveryContainer
  void leavesNothingToAServletThatTakesFilesByTheirSuffix(Container container) throws Exception {
    Site site = new Site();
    try (WebApp.Deployed app =
            Layout.OWN_ROOT
                .make(site)
                .file("files/page.java", "what a program has left there")
                .servlet(
                    "pages",
                    "*.java",
                    "WasmModule",
                    Guests.probeFile().toString(),
                    "WasmEnableCGI",
                    "On")
                .deploy(container.server());
        GivenDirectories given = site.giveAway()) {
      assertThat(given.route()).isNotEmpty();
      // As the container's own does with JSP.
      assertThat(body(app, "/page.java?env")).contains("SCRIPT_NAME=");
      assertThat(body(app, "/files/page.java?env")).isEqualTo("what a program has left there");
      for (String path : new String[] {"/files/none.java", "/files/d/none.java"}) {
        assertThat(RawHttp.get(app.port(), app.contextPath() + path + "?env").status())
            .as(path)
            .isEqualTo(404);
      }
    }
  }

  private static String body(WebApp.Deployed app, String path) {
    try {
      return RawHttp.get(app.port(), app.contextPath() + path).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stands for a program, which does the same more slowly. */
  private static long swap(Site site, AtomicBoolean stop) {
    try {
      Path files = site.files();
      Path directory = files.resolve("d");
      Path away = files.resolve("away");
      Path link = files.resolve("link");
      long swaps = 0;
      for (String name : new String[] {"small.txt", "large.txt"}) {
        Files.createLink(files.resolve("own-" + name), files.resolve(name));
      }
      for (; !stop.get(); swaps++) {
        for (String name : new String[] {"small.txt", "large.txt"}) {
          Files.createSymbolicLink(link, Path.of("../../outside/secret.txt"));
          move(link, files.resolve(name));
          Files.createLink(link, files.resolve("own-" + name));
          move(link, files.resolve(name));
        }
        move(directory, away);
        Files.createSymbolicLink(directory, Path.of("../../outside"));
        Files.delete(directory);
        move(away, directory);
      }
      return swaps;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What clients have got. */
  private static final class Seen {
    private int whole;
    private int parts;
    private String wrong;

    void askFor(int port, long millis, String... paths)
        throws IOException, ExecutionException, InterruptedException {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() < end || whole == 0 || parts == 0) {
        try (RawHttp connection = new RawHttp(port)) {
          boolean open = true;
          for (int i = 0; open && i < 100; i++) {
            boolean range = i % 2 == 1;
            connection.send(
                "GET "
                    + paths[i / 2 % paths.length]
                    + " HTTP/1.1\r\nHost: localhost\r\n"
                    + (range ? "Range: bytes=10-\r\n" : "")
                    + "\r\n");
            RawResponse response = connection.read("GET");
            take(response);
            open = response.whole() && !"close".equalsIgnoreCase(response.header("Connection"));
          }
        }
      }
    }

    private void take(RawResponse response) {
      String body = new String(response.bytes(), UTF_8);
      switch (response.status()) {
        case 200 -> whole++;
        case 206 -> parts++;
        case 404 -> body = "";
        default -> wrong = "status " + response.status();
      }
      if (wrong == null && !body.chars().allMatch(c -> c == OWN)) {
        wrong = "a byte from outside after " + (whole + parts) + " responses";
      }
    }

    void assertThatItIsAllRight() {
      assertThat(wrong).isNull();
      assertThat(whole).isPositive();
      assertThat(parts).isPositive();
    }
  }
}
