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
import java.util.stream.Stream;
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
  /** All pages take longer than there is time for every day, and so do a thousand requests. */
  private static final boolean ALL = "all".equals(System.getProperty("wordpress.pages"));

  private static final int MIXED_REQUESTS = Integer.getInteger("wordpress.requests", 12);

  private static final String FROZEN = "wordpress.php";

  /** Tells with which script PHP was started. */
  private static final String STARTED =
      "<?php header('X-Started-With: ' . basename(get_included_files()[0]));";

  /** With a request that may be an upload, PHP is started for it. Nothing else looks at this. */
  private static final List<String> COLD =
      List.of("Content-Type: multipart/form-data; boundary=b", "Content-Length: 0");

  /** What depends on when it was asked for, and how much had been asked for before. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of("date", "last-modified", "x-started-with", "content-length", "transfer-encoding");

  /** One script that is started for each of these, then what goes on from there. */
  private static final List<String> SCRIPTS =
      List.of("/", "/wp-login.php", "/wp-admin/admin-ajax.php?action=rest-nonce", "/wp-admin/");

  private static final List<String> OF_VISITORS =
      List.of(
          "/?p=1&replytocom=1",
          "/no/such/page/",
          "/feed/",
          "/wp-json/wp/v2/users/me",
          "/wp-login.php?action=lostpassword");

  private static final List<String> OF_THE_AUTHOR =
      List.of(
          "/",
          "/wp-admin/index.php",
          "/wp-admin/post.php?post=1&action=edit",
          "/wp-admin/admin.php?import=none",
          "/wp-json/wp/v2/users/me?context=edit");

  private static final List<String> OTHERS_OF_VISITORS =
      List.of(
          "/sample-page/",
          "/category/uncategorized/",
          "/?s=hello",
          "/wp-json/wp/v2/posts?_embed",
          "/wp-sitemap.xml",
          "/wp-admin/edit.php?post_type=page",
          "/?p=1",
          "/?author=1",
          "/?feed=atom",
          "/?feed=rdf",
          "/comments/feed/",
          "/robots.txt",
          "/wp-json/",
          "/wp-json/wp/v2/types",
          "/wp-login.php?action=register",
          "/?page_id=2",
          "/?m=" + java.time.Year.now(java.time.ZoneOffset.UTC),
          "/favicon.ico",
          "/index.php",
          "/index.php/sample-page/",
          "/wp-cron.php",
          "/xmlrpc.php",
          "/wp-trackback.php",
          "/wp-links-opml.php",
          "/wp-admin/admin-ajax.php",
          "/?rest_route=/wp/v2/pages",
          "/embed/");

  private static final List<String> OTHERS_OF_THE_AUTHOR =
      List.of(
          "/wp-admin/edit.php",
          "/wp-admin/site-editor.php",
          "/wp-admin/options-permalink.php",
          "/wp-admin/plugins.php",
          "/?p=1&preview=true",
          "/wp-admin/",
          "/wp-admin/edit.php?post_type=page",
          "/wp-admin/post-new.php",
          "/wp-admin/post-new.php?post_type=page",
          "/wp-admin/upload.php",
          "/wp-admin/upload.php?mode=list",
          "/wp-admin/media-new.php",
          "/wp-admin/edit-tags.php?taxonomy=category",
          "/wp-admin/edit-tags.php?taxonomy=post_tag",
          "/wp-admin/term.php?taxonomy=category&tag_ID=1",
          "/wp-admin/edit-comments.php",
          "/wp-admin/comment.php?action=editcomment&c=1",
          "/wp-admin/themes.php",
          "/wp-admin/theme-install.php",
          "/wp-admin/widgets.php",
          "/wp-admin/nav-menus.php",
          "/wp-admin/customize.php",
          "/wp-admin/theme-editor.php",
          "/wp-admin/plugin-editor.php",
          "/wp-admin/plugin-install.php",
          "/wp-admin/users.php",
          "/wp-admin/user-new.php",
          "/wp-admin/user-edit.php?user_id=2",
          "/wp-admin/profile.php",
          "/wp-admin/tools.php",
          "/wp-admin/import.php",
          "/wp-admin/export.php",
          "/wp-admin/export.php?download=true",
          "/wp-admin/site-health.php",
          "/wp-admin/export-personal-data.php",
          "/wp-admin/erase-personal-data.php",
          "/wp-admin/options-general.php",
          "/wp-admin/options-writing.php",
          "/wp-admin/options-reading.php",
          "/wp-admin/options-discussion.php",
          "/wp-admin/options-media.php",
          "/wp-admin/options-privacy.php",
          "/wp-admin/options.php",
          "/wp-admin/update-core.php",
          "/wp-admin/about.php",
          "/wp-admin/credits.php",
          "/wp-admin/freedoms.php",
          "/wp-admin/privacy.php",
          "/wp-admin/contribute.php",
          "/wp-admin/privacy-policy-guide.php",
          "/wp-admin/authorize-application.php?app_name=x",
          "/wp-admin/admin.php?page=none",
          "/wp-admin/revision.php?revision=1",
          "/wp-admin/link-manager.php",
          "/wp-admin/moderation.php",
          "/wp-admin/upgrade.php",
          "/wp-admin/admin-ajax.php?action=rest-nonce",
          "/wp-admin/load-styles.php?load=common",
          "/wp-admin/load-scripts.php?load=common",
          "/wp-json/wp/v2/settings",
          "/wp-json/wp/v2/block-types",
          "/wp-json/wp/v2/themes?status=active",
          "/wp-json/wp-site-health/v1/tests/background-updates");

  /** Pages that make something, or draw a random number for each letter. */
  private static final Set<String> EACH_ANOTHER =
      Set.of(
          "/wp-admin/post-new.php",
          "/wp-admin/post-new.php?post_type=page",
          "/wp-admin/edit-comments.php",
          "/wp-admin/customize.php",
          "/wp-admin/options-writing.php");

  /** Moments, passwords that are proposed, servers of avatars. */
  private static final Pattern CHANGES =
      Pattern.compile(
          "\\b1[789]\\d{8}(\\d{3})?\\b|\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d|\\d\\d:\\d\\d:\\d\\d"
              + "|data-pw=\"[^\"]*\"|[0-3]\\.gravatar");

  private static final int CLIENTS = 4;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void answersAsOneThatIsStartedForTheRequest() throws Exception {
    Site site = Site.assemble();
    Path content = site.directory().resolve("wp-content");
    Files.writeString(content.resolve("mu-plugins/started.php"), STARTED);
    // A language without a word of it.
    Files.write(
        Files.createDirectories(content.resolve("languages")).resolve("de_DE.mo"), NO_WORDS);
    try (WebApp.Deployed app = site.webApp("").deploy(Container.TOMCAT_11.server())) {
      SiteClient client = new SiteClient(app);
      client.install();
      String author = client.logIn("author", "correct-horse");
      for (String script : SCRIPTS) {
        awaitFrozen(client, script, author);
      }
      for (String path : ALL ? both(OF_VISITORS, OTHERS_OF_VISITORS) : OF_VISITORS) {
        assertSame(client, path);
      }
      for (String path : ALL ? both(OF_THE_AUTHOR, OTHERS_OF_THE_AUTHOR) : OF_THE_AUTHOR) {
        assertSame(client, path, author);
      }
      String editor = addEditor(client, author);
      keepsUsersApart(client, author, editor, MIXED_REQUESTS);
      noticesANewVersion(client, site);
    }
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
    assertThat(added.header("X-Started-With")).isEqualTo(FROZEN);
    RawResponse wrong = client.post("/wp-login.php", "log=redaktion&pwd=wrong");
    assertThat(wrong.header("X-Started-With")).isEqualTo(FROZEN);
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
    assertThat(response.header("X-Started-With")).isEqualTo(FROZEN);
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
          return FROZEN.equals(page.header("X-Started-With"))
              && page.body().contains("content=\"WordPress 6.5.99\"");
        });
  }

  @Test
  void pagesThatShareAStartDoNothingBeforeIt() throws Exception {
    Path admin = Site.assemble().directory().resolve("wp-admin");
    PhpScripts scripts =
        PhpScripts.of(Directives.read(Map.of("WasmApplication", "wordpress /site")));
    String start = "/site/wp-admin/admin.php";
    int pages = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(admin, "*.php")) {
      for (Path file : files) {
        String script = "/site/wp-admin/" + file.getFileName();
        if (start.equals(scripts.startOf(script)) && !script.equals(start)) {
          pages++;
          assertThat(Files.readString(file))
              .as(script)
              .matches(
                  Pattern.compile(
                      "<\\?php\\s+(global \\$\\w+; )?require_once __DIR__ \\. '/admin\\.php';.*",
                      Pattern.DOTALL));
        }
      }
    }
    assertThat(pages).isGreaterThan(35);
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** The first request for a script is what has it frozen. */
  private static void awaitFrozen(SiteClient client, String path, String... headers)
      throws Exception {
    Polling.await(
        Duration.ofMillis(Site.PATIENCE_MILLIS),
        path + " goes on",
        () -> FROZEN.equals(client.get(path, headers).header("X-Started-With")));
  }

  private static void assertSame(SiteClient client, String path, String... headers)
      throws IOException {
    RawResponse frozen = client.get(path, headers);
    RawResponse started = client.get(path, both(List.of(headers), COLD).toArray(String[]::new));
    assertThat(started.header("X-Started-With")).as(path).isNotEqualTo(FROZEN);
    assertThat(frozen.status()).as(path).isEqualTo(started.status());
    assertThat(headers(frozen)).as(path).isEqualTo(headers(started));
    if (EACH_ANOTHER.contains(path)) {
      assertThat(lines(frozen)).as(path).hasSameSizeAs(lines(started));
    } else {
      assertThat(lines(frozen)).as(path).isEqualTo(lines(started));
    }
  }

  private static List<String> headers(RawResponse response) {
    return response.headers().stream()
        .filter(header -> !OF_THE_MOMENT.contains(header.name().toLowerCase(java.util.Locale.ROOT)))
        .map(header -> header.name() + ": " + masked(header.value()))
        .toList();
  }

  private static List<String> lines(RawResponse response) {
    return masked(response.body()).lines().toList();
  }

  private static String masked(String text) {
    return CHANGES.matcher(text).replaceAll("*");
  }

  private static final byte[] NO_WORDS = new byte[28];
}
