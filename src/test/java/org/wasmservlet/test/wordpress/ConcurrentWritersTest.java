package org.wasmservlet.test.wordpress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/** Many who write to one SQLite database, through WordPress and through a route beside it. */
class ConcurrentWritersTest {
  private static final int CLIENTS = 8;
  private static final long DURATION_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** A second program that has the database: counts its visits, and tells what is there. */
  private static final String TALLY =
      """
      <?php
      $db = new PDO('sqlite:file:/data/.ht.sqlite?vfs=unix-none');
      $db->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
      $db->exec('CREATE TABLE IF NOT EXISTS tally (n)');
      header('Content-Type: text/plain');
      if ($_SERVER['QUERY_STRING'] == 'count') {
          $db->exec('INSERT INTO tally VALUES (1)');
          echo $db->query('SELECT count(*) FROM tally')->fetchColumn();
      } else {
          echo $db->query('PRAGMA integrity_check')->fetchColumn(), "\\n";
          echo $db->query('SELECT count(*) FROM tally')->fetchColumn(), "\\n";
          $comments = $db->query('SELECT comment_content FROM wp_comments');
          echo implode("\\n", $comments->fetchAll(PDO::FETCH_COLUMN)), "\\n";
      }
      """;

  private static final String NO_FLOOD_CHECK =
      "<?php add_filter('comment_flood_filter', '__return_false');"
          + "add_filter('rest_allow_anonymous_comments', '__return_true');";

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void loseNoCommentThatWasAcknowledged() throws Exception {
    Site site = Site.assemble();
    Files.writeString(
        site.directory().resolve("wp-content/mu-plugins/no-flood-check.php"), NO_FLOOD_CHECK);
    Path tally = Files.createDirectory(site.directory().resolveSibling("tally"));
    Files.writeString(tally.resolve("index.php"), TALLY);
    TestServer server = Container.TOMCAT_11.startSharingCore(0);
    try (WebApp.Deployed app = site.webApp(servlet(site, tally)).deploy(server)) {
      SiteClient client = new SiteClient(app);
      client.install();
      List<String> acknowledged = new ArrayList<>();
      int visits = 0;
      for (Future<List<String>> writer : write(client)) {
        List<String> written = writer.get();
        acknowledged.addAll(written.stream().filter(text -> !text.isEmpty()).toList());
        visits += (int) written.stream().filter(String::isEmpty).count();
      }
      List<String> lines = client.get("/tally/").body().lines().toList();
      assertThat(lines.get(0)).isEqualTo("ok");
      assertThat(lines.get(1)).isEqualTo(Integer.toString(visits));
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(CLIENTS - 1);
      assertThat(lines.subList(2, lines.size())).containsAll(acknowledged).doesNotHaveDuplicates();
    } finally {
      server.stop();
    }
  }

  /** Seven write comments, one visits the program beside WordPress; each at least once. */
  private static List<Future<List<String>>> write(SiteClient site) {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<List<String>>> results = new ArrayList<>();
    long end = System.nanoTime() + DURATION_NANOS;
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      results.add(
          clients.submit(
              () -> until(end, client == 0 ? () -> visit(site) : () -> comment(site, client))));
    }
    clients.shutdown();
    return results;
  }

  private static List<String> until(long end, Callable<String> write) throws Exception {
    List<String> written = new ArrayList<>();
    do {
      written.add(write.call());
    } while (System.nanoTime() - end < 0);
    return written;
  }

  private static String visit(SiteClient site) throws IOException {
    RawResponse response = site.get("/tally/?count");
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).matches("\\d+");
    return "";
  }

  /**
   * Some by a script that PHP is started for, some where WordPress's library has been loaded once.
   */
  private static String comment(SiteClient site, int client) throws IOException {
    String text = "comment " + client + " " + System.nanoTime();
    if (client % 2 == 0) {
      RawResponse response =
          site.post(
              "/wp-json/wp/v2/comments",
              "post=1&author_name=Client&author_email=client%40example.org&content="
                  + URLEncoder.encode(text, UTF_8));
      assertThat(response.status()).as(response.body()).isEqualTo(201);
      return text;
    }
    RawResponse response =
        site.post(
            "/wp-comments-post.php",
            "comment_post_ID=1&author=Client"
                + client
                + "&email=client"
                + client
                + "%40example.org&comment="
                + URLEncoder.encode(text, UTF_8));
    assertThat(response.status()).as(response.body()).isEqualTo(302);
    assertThat(response.header("Location")).contains("#comment-");
    return text;
  }

  private static String servlet(Site site, Path tally) throws IOException {
    return """
        <servlet><servlet-name>tally</servlet-name>
          <servlet-class>org.wasmservlet.WasmServlet</servlet-class>
          <init-param><param-name>WasmModule</param-name><param-value>%s</param-value></init-param>
          <init-param><param-name>WasmEnableCGI</param-name><param-value>On</param-value></init-param>
          <init-param><param-name>WasmMapCGIFileNames</param-name><param-value>On</param-value></init-param>
          <init-param><param-name>WasmDocumentRoot</param-name><param-value>%s</param-value></init-param>
          <init-param><param-name>WasmDirectoryIndex</param-name><param-value>index.php</param-value></init-param>
          <init-param><param-name>WasmMapDir</param-name><param-value>
            /tally %s ro
            /data %s/wp-content/database
          </param-value></init-param>
          <init-param><param-name>WasmLockFile</param-name><param-value>%s</param-value></init-param>
          <init-param><param-name>WasmTimeout</param-name><param-value>10m</param-value></init-param>
          <init-param><param-name>WasmQueueTimeout</param-name><param-value>10m</param-value></init-param>
        </servlet>
        <servlet-mapping><servlet-name>tally</servlet-name>
          <url-pattern>/tally/*</url-pattern></servlet-mapping>
        """
        .formatted(site.php(), tally, tally, site.directory(), site.lockFile());
  }
}
