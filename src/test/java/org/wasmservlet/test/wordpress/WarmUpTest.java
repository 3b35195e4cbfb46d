package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/** The server asks for WordPress's first pages itself, and the site does not notice. */
class WarmUpTest {
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void changesNothingBeforeTheInstallationAndAfterIt() throws Exception {
    Site site = Site.assemble();
    WebApp webApp = site.webApp("");
    TestServer server = Container.TOMCAT_11.server();
    TreeMap<String, Integer> assembled = files(site.directory());
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = webApp.deploy(server)) {
      Sample.awaitPrograms(app.contextPath());
      assertWarmedUp(log);
      assertThat(files(site.directory())).isEqualTo(assembled);
      new SiteClient(app).install();
    }
    TreeMap<String, Integer> installed = files(site.directory());
    assertThat(installed).containsKey("wp-content/database/.ht.sqlite").isNotEqualTo(assembled);
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = webApp.deploy(server)) {
      Sample.awaitPrograms(app.contextPath());
      assertWarmedUp(log);
      assertThat(files(site.directory())).isEqualTo(installed);
      assertThatNobodyElseGetsACopy(site, new SiteClient(app));
    }
  }

  /** Each page was made, and without a complaint. */
  private static void assertWarmedUp(LogCapture log) {
    assertThat(log.messages())
        .anyMatch(m -> m.startsWith("filter 'wordpress' is warmed up by 1 requests for / in"))
        .anyMatch(m -> m.startsWith("filter 'wordpress' is warmed up by 1 requests for /wp-admin/"))
        .noneMatch(m -> m.contains("warm-up request"))
        .noneMatch(m -> m.contains("stderr: "));
  }

  /** What a client says of itself does not make it the server: its comment is kept. */
  private static void assertThatNobodyElseGetsACopy(Site site, SiteClient client)
      throws IOException {
    TreeMap<String, Integer> before = files(site.directory());
    RawResponse written =
        client.post(
            "/wp-comments-post.php",
            "comment_post_ID=1&author=Client&email=c%40example.org&comment=kept",
            "WASM-WARM-UP: 1",
            "Wasm_Warm_Up: 1",
            "User-Agent: wasm-servlet (warm-up)");
    assertThat(written.header("Location")).as(written.body()).contains("#comment-");
    assertThat(files(site.directory())).isNotEqualTo(before);
  }

  /** Every file and directory, and what is in it. */
  private static TreeMap<String, Integer> files(Path directory) throws IOException {
    TreeMap<String, Integer> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path file : found.toList()) {
        files.put(
            directory.relativize(file).toString(),
            Files.isRegularFile(file) ? Arrays.hashCode(Files.readAllBytes(file)) : 0);
      }
    }
    return files;
  }
}
