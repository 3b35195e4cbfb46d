package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.application.PhpScripts;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/**
 * What WordPress answers when it goes on from where its library was loaded is what it answers when
 * it is started for the request, whoever asks.
 */
class FrozenSiteTest {
  /** A thousand take longer than there is time for every day. */
  private static final int MIXED_REQUESTS = Integer.getInteger("wordpress.requests", 12);

  private static final int CLIENTS = 4;

  /** What a language's file has at least. */
  private static final byte[] NO_WORDS = new byte[28];

  private static final Pattern NOTHING_BEFORE =
      Pattern.compile("<\\?php\\s+(global \\$\\w+; )?require_once __DIR__ \\. '/admin\\.php';");

  /** Tomcat's own, for what a proxy says. */
  private static final String BEHIND_A_PROXY =
      """
      <filter>
        <filter-name>proxy</filter-name>
        <filter-class>org.apache.catalina.filters.RemoteIpFilter</filter-class>
        <async-supported>true</async-supported>
      </filter>
      <filter-mapping><filter-name>proxy</filter-name><url-pattern>/*</url-pattern></filter-mapping>
      """;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void answersAsOneThatIsStartedForTheRequest() throws Exception {
    Site site = Site.assemble();
    Started.tell(site);
    Path content = site.directory().resolve("wp-content");
    // A language without a word of it.
    Files.write(
        Files.createDirectories(content.resolve("languages")).resolve("de_DE.mo"), NO_WORDS);
    try (WebApp.Deployed app = site.webApp(BEHIND_A_PROXY).deploy(Container.TOMCAT_11.server())) {
      SiteClient client = new SiteClient(app);
      client.install();
      String author = client.logIn("author", "correct-horse");
      // The plugin of SQLite becomes active with the first page of wp-admin.
      client.get("/wp-admin/", author);
      Started.awaitFrozen(client);
      Pages.forEach(author, (path, headers) -> assertSame(client, path, headers));
      seesWhetherItIsHttps(client);
      String editor = addEditor(client, author);
      keepsUsersApart(client, author, editor, MIXED_REQUESTS);
      noticesANewVersion(client, site);
    }
  }

  private static void seesWhetherItIsHttps(SiteClient client) throws IOException {
    RawResponse secure = client.get("/wp-login.php", "X-Forwarded-Proto: https");
    assertThat(Started.isFrozen(secure)).isTrue();
    assertThat(secure.body()).contains("'https://localhost").doesNotContain("'http://localhost");
    assertThat(secure.header("Set-Cookie")).contains("; secure");
    RawResponse plain = client.get("/wp-login.php");
    assertThat(plain.body()).contains("'http://localhost").doesNotContain("'https://localhost");
    assertThat(plain.header("Set-Cookie")).doesNotContain("secure");
  }

  /** Someone who reads another language, by the body of a request to REST. */
  private static String addEditor(SiteClient client, String author) throws IOException {
    String nonce =
        "X-WP-Nonce: " + client.get("/wp-admin/admin-ajax.php?action=rest-nonce", author).body();
    RawResponse added =
        client.post(
            "/wp-json/wp/v2/users",
            "username=redaktion&email=r%40example.org&password=battery-staple&roles=editor"
                + "&locale=de_DE",
            author,
            nonce);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(Started.isFrozen(added)).isTrue();
    RawResponse wrong = client.post("/wp-login.php", "log=redaktion&pwd=wrong");
    assertThat(Started.isFrozen(wrong)).isTrue();
    assertThat(wrong.body()).contains("is incorrect");
    return client.logIn("redaktion", "battery-staple");
  }

  /** Each sees himself, in his language, whoever was there before or at the same time. */
  private static void keepsUsersApart(SiteClient client, String author, String editor, int requests)
      throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        int who = i % 4;
        tasks.add(
            () -> {
              switch (who) {
                case 0 -> sees(client, "/", "lang=\"en-US\"", "display-name");
                case 1 ->
                    sees(
                        client,
                        "/wp-admin/edit.php",
                        "display-name\">author<",
                        "display-name\">redaktion",
                        author);
                case 2 -> sees(client, "/wp-admin/", "lang=\"de-DE\"", ">author<", editor);
                default -> sees(client, "/wp-login.php", "user_login", "display-name");
              }
              return null;
            });
      }
      for (Future<Void> each : clients.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static void sees(
      SiteClient client, String path, String expected, String anothers, String... headers)
      throws IOException {
    RawResponse response = client.get(path, headers);
    assertThat(response.status()).isEqualTo(200);
    assertThat(Started.isFrozen(response)).isTrue();
    assertThat(response.body()).contains(expected).doesNotContain(anothers);
  }

  /** The library is what is loaded once. */
  private static void noticesANewVersion(SiteClient client, Site site) throws Exception {
    Path version = site.directory().resolve("wp-includes/version.php");
    Files.writeString(version, Files.readString(version) + "\n$wp_version = '6.5.99';\n");
    Polling.await(
        Duration.ofMillis(Site.PATIENCE_MILLIS),
        "the new version is loaded",
        () -> {
          RawResponse page = client.get("/");
          return Started.isFrozen(page) && page.body().contains("content=\"WordPress 6.5.99\"");
        });
  }

  /** Those that do something before it are looked at in all pages. */
  @Test
  void whatGoesOnBeginsWithWhatIsLoaded() throws Exception {
    Path root = Site.assemble().directory();
    PhpScripts scripts =
        PhpScripts.of(Directives.read(Map.of("WasmApplication", "wordpress /site")));
    Set<String> asked = Pages.scripts();
    int pages = 0;
    for (String directory : new String[] {"", "wp-admin/"}) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(root.resolve(directory), "*.php")) {
        for (Path file : files) {
          String script = "/" + directory + file.getFileName();
          if (scripts.startOf("/site" + script) != null) {
            pages++;
            boolean doesNothing = NOTHING_BEFORE.matcher(Files.readString(file)).lookingAt();
            assertThat(doesNothing || asked.contains(script)).as(script).isTrue();
          }
        }
      }
    }
    assertThat(pages).isGreaterThan(50);
  }

  private static void assertSame(SiteClient client, String path, String[] headers)
      throws IOException {
    RawResponse frozen = client.get(path, headers);
    assertThat(Started.isFrozen(frozen)).as(path).isEqualTo(Pages.goesOn(path));
    RawResponse started = client.get(path, Started.cold(headers));
    assertThat(Started.isFrozen(started)).as(path).isFalse();
    Likeness.assertSame(path, frozen, started);
  }
}
