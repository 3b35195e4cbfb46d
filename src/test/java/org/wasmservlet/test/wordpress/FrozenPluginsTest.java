package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/**
 * Plugins and themes are each request's own, where WordPress's library was loaded once: whatever
 * they do.
 */
class FrozenPluginsTest {
  private static final Duration PATIENCE = Duration.ofMillis(Site.PATIENCE_MILLIS);

  private static final String DIES =
      """
      <?php
      /* Plugin Name: Dies */
      switch ($_GET['dies'] ?? '') {
          case 'error':
              no_such_function();
          case 'exception':
              throw new Exception('nobody catches it');
          case 'memory':
              str_repeat('x', 1 << 30);
          case 'exit':
              exit('no more');
      }
      """;

  private static final String UPDATED =
      """
      <?php
      /* Plugin Name: Updated */
      header('X-Release: ' . require __DIR__ . '/release.php');
      """;

  private static final Map<String, String> THEME =
      Map.of(
          "style.css", "/*\nTheme Name: Plain\n*/",
          "index.php",
              "<?php wp_head(); while (have_posts()) { the_post(); the_title(); } echo PLAIN;",
          "functions.php", "<?php const PLAIN = 'first';");

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void mayDieAndMayBeUpdatedAtAnyTime() throws Exception {
    Site site = Site.assemble();
    Started.tell(site);
    write(site, "dies/dies.php", DIES);
    write(site, "updated/updated.php", UPDATED);
    write(site, "updated/release.php", "<?php return 0;");
    WebApp webApp = site.webApp("");
    try (LogCapture log = new LogCapture()) {
      try (WebApp.Deployed app = webApp.deploy(Container.TOMCAT_11.server())) {
        SiteClient client = new SiteClient(app);
        client.install();
        activate(client, "dies", "updated");
        Started.awaitFrozen(client);
        diesAlone(client);
        hasAnotherThemeWithTheNextRequest(site, client);
        isUpdatedWhileTheLibraryIsLoaded(site, client, log);
        assertThat(log.messages()).noneMatch(m -> m.contains("begins anew for each request"));
        append(
            site,
            "if (isset($_SERVER['WASM_SERVLET_START'])) {"
                + " file_put_contents('/site/wp-content/uploads/loads', ''); for (;;) { } }");
        awaitBeingLoaded(client, site.directory().resolve("wp-content/uploads/loads"));
      }
      assertThat(log.messages()).noneMatch(m -> m.contains("were not looked at"));
    }
    append(site, "");
    try (WebApp.Deployed app = webApp.deploy(Container.TOMCAT_11.server())) {
      SiteClient client = new SiteClient(app);
      assertThat(client.get("/").status()).isEqualTo(200);
      Started.awaitFrozen(client);
      assertThat(client.get("/").body()).contains("Hello world!");
    }
  }

  private static void activate(SiteClient client, String... plugins) throws IOException {
    String author = client.logIn("author", "correct-horse");
    String nonce =
        "X-WP-Nonce: " + client.get("/wp-admin/admin-ajax.php?action=rest-nonce", author).body();
    for (String plugin : plugins) {
      RawResponse response =
          client.post(
              "/wp-json/wp/v2/plugins/" + plugin + "/" + plugin, "status=active", author, nonce);
      assertThat(response.status()).as(response.body()).isEqualTo(200);
    }
  }

  /** The next one sees nothing of it. */
  private static void diesAlone(SiteClient client) throws IOException {
    RawResponse before = client.get("/");
    assertThat(before.status()).isEqualTo(200);
    for (String how : List.of("error", "exception", "memory", "exit")) {
      String path = "/?dies=" + how;
      RawResponse dead = client.get(path);
      assertThat(dead.status()).as(how).isEqualTo(how.equals("exit") ? 200 : 500);
      assertThat(dead.body()).as(how).doesNotContain("Hello world!");
      Likeness.assertSame(path, dead, client.get(path, Started.cold()));
      RawResponse after = client.get("/");
      assertThat(Started.isFrozen(after)).as(how).isTrue();
      Likeness.assertSame(how, after, before);
    }
  }

  /** As with plugins: nothing of a theme was loaded before. */
  private static void hasAnotherThemeWithTheNextRequest(Site site, SiteClient client)
      throws IOException {
    Path themes = site.directory().resolve("wp-content/themes/plain");
    for (Map.Entry<String, String> file : THEME.entrySet()) {
      write(themes.resolve(file.getKey()), file.getValue());
    }
    String author = client.logIn("author", "correct-horse");
    Matcher nonce =
        Pattern.compile("action=activate[^\"]*stylesheet=plain[^\"]*_wpnonce=(\\w+)")
            .matcher(client.get("/wp-admin/themes.php", author).body());
    assertThat(nonce.find()).isTrue();
    RawResponse before = client.get("/");
    assertThat(before.body()).contains("Hello world!");
    String activation =
        "/wp-admin/themes.php?action=activate&stylesheet=plain&_wpnonce=" + nonce.group(1);
    assertThat(client.get(activation, author).status()).isEqualTo(302);
    assertPlain(client, "first");
    write(themes.resolve("functions.php"), "<?php const PLAIN = 'second';");
    assertPlain(client, "second");
  }

  private static void assertPlain(SiteClient client, String edition) throws IOException {
    RawResponse page = client.get("/");
    assertThat(Started.isFrozen(page)).isTrue();
    assertThat(page.body()).contains("Hello world!").endsWith(edition);
    Likeness.assertSame(edition, page, client.get("/", Started.cold()));
  }

  /** A new release is there with the next request, for nothing of it was loaded before. */
  private static void isUpdatedWhileTheLibraryIsLoaded(Site site, SiteClient client, LogCapture log)
      throws Exception {
    append(site, "$wp_version = '6.5.99';");
    int release = 0;
    RawResponse page;
    do {
      release++;
      write(site, "updated/release.php", "<?php return " + release + ";");
      page = client.get("/");
      assertThat(page.header("X-Release")).isEqualTo(Integer.toString(release));
    } while (!(Started.isFrozen(page) && page.body().contains("content=\"WordPress 6.5.99\"")));
    assertThat(release).isGreaterThan(1);
    assertThat(log.messages())
        .anyMatch(m -> m.contains(" with /site/wp-load.php is frozen anew, "));
  }

  /** Requests have it loaded, and from then on there is none that is answered. */
  private static void awaitBeingLoaded(SiteClient client, Path tells) throws Exception {
    Thread visitor =
        new Thread(
            () -> {
              try {
                while (client.get("/").status() == 200) {
                  Thread.onSpinWait();
                }
              } catch (IOException | RuntimeException undeployed) {
                return;
              }
            });
    visitor.setDaemon(true);
    visitor.start();
    Polling.await(PATIENCE, "it is being loaded", () -> Files.exists(tells));
  }

  /** Changes what is loaded once. */
  private static void append(Site site, String line) throws IOException {
    Path version = site.directory().resolve("wp-includes/version.php");
    String original = Files.readString(version).replaceFirst("(?s)\n// appended.*", "");
    Files.writeString(version, original + "\n// appended\n" + line + "\n");
  }

  private static void write(Site site, String name, String text) throws IOException {
    write(site.directory().resolve("wp-content/plugins").resolve(name), text);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
