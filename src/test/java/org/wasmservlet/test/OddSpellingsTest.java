package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** However a request spells a program's name, its source is not shown; nor is what is denied. */
class OddSpellingsTest {
  private static final String SECRET = "this must stay where it is";

  /** Each is tried with every prefix for every file below. */
  private static final String[] SPELLINGS = {
    "%s",
    "%s/",
    "%s//",
    "%s/.",
    "%s/..",
    "%s/x.css",
    "%s/..%%2fstyle.css",
    "%s;x",
    "%s;x=.css",
    "%s;/style.css",
    ";x/%s",
    "%s.",
    "%s..",
    "%s...",
    "%s%%2e",
    "%s%%20",
    "%s+",
    "%s%%09",
    "%s%%0a",
    "%s%%0d%%0a",
    "%s%%00",
    "%s%%00.css",
    "%s%%00/",
    "%s%%ff",
    "%s%%c0%%80",
    "%s%%3b",
    "%s%%3fx.css",
    "%s%%23x.css",
    "%s#x.css",
    "%s?x.css",
    "%s%%5c",
    "%s\\",
    "%s%%2f",
    "%s%%252f",
    "%s::$DATA",
    "%s::$INDEX_ALLOCATION",
    "%s:x.css",
    "%s%%3a%%3a$DATA",
    "%s~",
    "./%s",
    "%%2e/%s",
    ".%%00/%s",
    "sub/../%s",
    "sub/%%2e%%2e/%s",
    "sub/%%2E%%2e/%s",
    "sub/.%%2e/%s",
    "sub/..;/%s",
    "sub/..;x=y/%s",
    "sub/%%2e%%2e;/%s",
    "sub;x/..;y/%s",
    "sub/..%%2f%s",
    "sub/..%%5c%s",
    "sub\\..\\%s",
    "sub%%2f..%%2f%s",
    "sub/%%c0%%ae%%c0%%ae/%s",
    "sub/%%e0%%80%%ae%%e0%%80%%ae/%s",
    "%%c0%%af%s",
    "%%ef%%bc%%8f%s",
    "none/../%s",
    "none/..;/%s",
    "style.css/../%s",
    "style.css/..;/%s",
    "/%s",
    "//%s",
    ";/%s",
    "/;/%s",
    "%%2f%s",
    "%%5c%s",
    "WEB-INF/../%s",
    "..%%2f..%%2f%s",
    "sub/../../app/%s"
  };

  private static final String[] FILES = {
    "page.php", "sub/index.php", "data.sqlite", "sub/private.txt", ".env"
  };

  private static final String[] PROGRAM_SPELLINGS = {
    "page.PHP",
    "PAGE.php",
    "Page.Php",
    "page.ph%70",
    "page.%70%68%70",
    "page%2ephp",
    "page%2Ephp",
    "%70age.php",
    "page.ph%2570",
    "page.php%2570",
    "page.p%68p;x=.css",
    "page%c0%aephp",
    "page%e0%80%aephp",
    "page%ef%bc%8ephp",
    "page.p%c1%a8p",
    "page.%ef%bd%90hp",
    "page.ph%u0070",
    "page.%ph%70",
    "page.php%",
    "page.php%2",
    "page.php%zz",
    "page.php%e2%80%8b",
    "page.ph\u00fep",
    "page%20.php",
    "PAGE~1.PHP",
    "page.php.gz",
    "page.php.br",
    "alias.txt",
    "sub/alias.css",
    "sub",
    "sub/",
    "sub;x/",
    "sub/;x",
    "sub/.",
    "sub//",
    "sub/%2e",
    "link/page.php",
    "link/",
    "link/private.txt",
    "sub/PRIVATE.TXT",
    "sub/%70rivate.txt",
    "data.SQLITE",
    "data%2esqlite",
    "data.sqlite-wal",
    "outside.txt",
    "WEB-INF/web.xml",
    "WEB-INF/secret.php",
    "web-inf/secret.php",
    "WEB-INF%2fsecret.php",
    "WEB-INF;x/secret.php",
    "WEB-INF./secret.php",
    "sub/../WEB-INF/secret.php",
    "sub/..;/WEB-INF/secret.php",
    "%57EB-INF/secret.php",
    "META-INF/secret.txt"
  };

  @OnEveryContainer
  void showNothingOfTheWebApplicationsRoot(Container container) throws Exception {
    WebApp webApp = new WebApp();
    writeApplication(webApp.directory());
    try (WebApp.Deployed app =
        webApp
            .descriptor(
                "<welcome-file-list><welcome-file>index.php</welcome-file></welcome-file-list>"
                    // A second way to the container's own servlet for files.
                    + "<servlet-mapping><servlet-name>default</servlet-name>"
                    + "<url-pattern>/sub/*</url-pattern></servlet-mapping>")
            .filter(
                "site",
                "/*",
                "WasmModule",
                Guests.probeFile().toString(),
                "WasmEnableCGI",
                "On",
                "WasmHandler",
                ".php",
                "WasmDeny",
                "*.sqlite*\n/sub/private*")
            .deploy(container.server())) {
      tryEverything(app, "/");
    }
  }

  @OnEveryContainer
  void showNothingOfADirectoryOutside(Container container) throws Exception {
    Path site = Scratch.directory("site");
    writeApplication(site);
    for (boolean filter : new boolean[] {true, false}) {
      String[] params = {
        "WasmModule", Guests.probeFile().toString(),
        "WasmEnableCGI", "On",
        "WasmDocumentRoot", site.toString(),
        "WasmDirectoryIndex", "index.php",
        "WasmDeny", "*.sqlite*\n/sub/private*"
      };
      WebApp webApp = new WebApp();
      if (filter) {
        webApp.filter("site", "/site/*", params);
      } else {
        webApp.servlet("site", "/site/*", params);
      }
      try (WebApp.Deployed app = webApp.deploy(container.server())) {
        tryEverything(app, "/site/");
      }
    }
  }

  private static void tryEverything(WebApp.Deployed app, String prefix) throws Exception {
    // The program runs, and files are shown: the rest of the table means something.
    assertThat(RawHttp.get(app.port(), app.contextPath() + prefix + "page.php?env").body())
        .contains("SCRIPT_NAME=");
    assertThat(RawHttp.get(app.port(), app.contextPath() + prefix + "style.css").body())
        .isEqualTo("body {}");
    List<String> targets = new ArrayList<>(List.of(PROGRAM_SPELLINGS));
    for (String file : FILES) {
      for (String spelling : SPELLINGS) {
        targets.add(String.format(spelling, file));
      }
    }
    for (String target : targets) {
      for (String method : new String[] {"GET", "POST"}) {
        String path = app.contextPath() + prefix + target;
        RawResponse response =
            RawHttp.exchange(app.port(), method, path, method.equals("GET") ? null : new byte[0]);
        assertThat(new String(response.bytes(), StandardCharsets.ISO_8859_1))
            .as(method + " " + path)
            .doesNotContain(SECRET);
        assertThat(response.status()).as(method + " " + path).isLessThan(500);
      }
    }
  }

  private static void writeApplication(Path directory) throws Exception {
    Files.createDirectories(directory.resolve("sub"));
    Files.createDirectories(directory.resolve("WEB-INF"));
    Files.createDirectories(directory.resolve("META-INF"));
    for (String file : FILES) {
      Files.writeString(directory.resolve(file), SECRET);
    }
    Files.writeString(directory.resolve("WEB-INF/secret.php"), SECRET);
    Files.writeString(directory.resolve("META-INF/secret.txt"), SECRET);
    Files.writeString(directory.resolve("style.css"), "body {}");
    Path outside = Scratch.directory("outside");
    Files.writeString(outside.resolve("outside.txt"), SECRET);
    Files.writeString(outside.resolve("private.txt"), SECRET);
    Files.createSymbolicLink(directory.resolve("outside.txt"), outside.resolve("outside.txt"));
    Files.createSymbolicLink(directory.resolve("link"), outside);
    Files.createSymbolicLink(directory.resolve("alias.txt"), Path.of("page.php"));
    Files.createSymbolicLink(directory.resolve("sub/alias.css"), Path.of("../page.php"));
  }
}
