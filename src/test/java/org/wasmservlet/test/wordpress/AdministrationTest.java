package org.wasmservlet.test.wordpress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/** What whoever runs a blog needs, asked for without a browser. */
class AdministrationTest {
  private static final String OTHERWISE_ONLY_BY_HTTPS =
      "<?php add_filter('wp_is_application_passwords_available', '__return_true');";

  /** Two do: each takes long. */
  private static final String FEW_SIZES =
      """
      <?php add_filter('intermediate_image_sizes', function () { return ['thumbnail', 'medium']; });
      """;

  private static final String CRITICAL = "\"status\":\"critical\"";

  private static final String DIES = "<?php if (isset($_GET['die'])) { no_such_function(); }";

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void findsArchivesAndMediaAndMessages() throws Exception {
    Site site = Site.assemble();
    Path plugins = site.directory().resolve("wp-content/mu-plugins");
    Files.writeString(plugins.resolve("passwords.php"), OTHERWISE_ONLY_BY_HTTPS);
    Files.writeString(plugins.resolve("dies.php"), DIES);
    Files.writeString(plugins.resolve("sizes.php"), FEW_SIZES);
    TestServer server = Container.TOMCAT_11.server();
    try (WebApp.Deployed app = site.webApp("").deploy(server)) {
      SiteClient client = new SiteClient(app);
      client.install();
      assertThat(client.get("/category/uncategorized/").status()).isEqualTo(200);
      showsTheMessageOfAnError(client);

      String cookies = client.logIn("author", "correct-horse");
      String nonce = client.get("/wp-admin/admin-ajax.php?action=rest-nonce", cookies).body();
      String password = applicationPassword(client, cookies, "X-WP-Nonce: " + nonce);
      RawResponse me = client.get("/wp-json/wp/v2/users/me?context=edit", password);
      assertThat(me.body()).contains("\"username\":\"author\"");

      // The plugin of SQLite becomes active with the first page of wp-admin.
      client.get("/wp-admin/", cookies);
      isHealthy(client, cookies, password);
      looksUpNoNames(client, cookies, password);
      keepsAGif(client, site, password);
      takesAPhotoOfTwelveMegapixels(client, site, password);
    }
  }

  /** Visitors see none of it. */
  private static void showsTheMessageOfAnError(SiteClient client) throws IOException {
    try (LogCapture log = new LogCapture()) {
      RawResponse response = client.get("/?die");
      assertThat(response.status()).isEqualTo(500);
      assertThat(response.body()).doesNotContain("no_such_function");
      assertThat(log.messages())
          .anyMatch(m -> m.contains("Call to undefined function no_such_function()"));
    }
  }

  /** What needs the network is one thing that is said once, and nothing is critical. */
  private static void isHealthy(SiteClient client, String cookies, String password)
      throws IOException {
    String page = client.get("/wp-admin/site-health.php", cookies).body();
    assertThat(page)
        .contains("WordPress has no network")
        .contains("Could not determine available disk space")
        .doesNotContain("critically low", CRITICAL);
    Matcher later = Pattern.compile("wp-site-health\\\\/v1\\\\/tests\\\\/([a-z-]+)").matcher(page);
    int asked = 0;
    while (later.find()) {
      RawResponse result =
          client.get("/wp-json/wp-site-health/v1/tests/" + later.group(1), password);
      assertThat(result.status()).as(result.body()).isEqualTo(200);
      assertThat(result.body()).doesNotContain(CRITICAL);
      asked++;
    }
    assertThat(asked).isPositive();
  }

  private static String applicationPassword(SiteClient client, String... headers)
      throws IOException {
    RawResponse response =
        client.post("/wp-json/wp/v2/users/me/application-passwords", "name=test", headers);
    assertThat(response.status()).as(response.body()).isEqualTo(201);
    Matcher password = Pattern.compile("\"password\":\"([^\"]+)\"").matcher(response.body());
    assertThat(password.find()).isTrue();
    String credentials = "author:" + password.group(1);
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  /** That ended the program. */
  private static void looksUpNoNames(SiteClient client, String cookies, String password)
      throws IOException {
    assertThat(client.get("/wp-admin/site-health.php?tab=debug", cookies).body())
        .contains("wp-filesystem");
    RawResponse details =
        client.get(
            "/wp-json/wp-block-editor/v1/url-details?url=https%3A%2F%2Fexample.org%2F", password);
    // As on any machine on which the name leads nowhere.
    assertThat(details.status()).isEqualTo(400);
    assertThat(details.body()).contains("rest_invalid_param");
    RawResponse ping =
        client.post(
            "/xmlrpc.php",
            "<?xml version='1.0'?><methodCall><methodName>pingback.ping</methodName><params><param>"
                + "<value><string>http://example.org/</string></value></param><param><value>"
                + "<string>http://localhost/?p=1</string></value></param></params></methodCall>");
    assertThat(ping.status()).isEqualTo(200);
    assertThat(ping.body()).contains("faultCode");
  }

  /** This build of PHP must not touch it: it damages its memory. */
  private static void keepsAGif(SiteClient client, Site site, String password) throws IOException {
    byte[] gif = picture("gif", 900, 600);
    RawResponse response =
        client.upload("/wp-json/wp/v2/media", "file", "moves.gif", "image/gif", gif, password);
    assertThat(response.status()).as(response.body()).isEqualTo(201);
    assertThat(response.body()).contains("\"width\":900").doesNotContain("moves-");
    assertThat(uploads(site, "moves"))
        .singleElement()
        .satisfies(file -> assertThat(file).hasBinaryContent(gif));
  }

  private static void takesAPhotoOfTwelveMegapixels(SiteClient client, Site site, String password)
      throws IOException {
    byte[] photo = picture("jpg", 4000, 3000);
    RawResponse response =
        client.upload("/wp-json/wp/v2/media", "file", "photo.jpg", "image/jpeg", photo, password);
    assertThat(response.status()).as(response.body()).isEqualTo(201);
    assertThat(response.body()).contains("photo-scaled.jpg").contains("photo-300x225.jpg");
    byte[] film = new byte[5 << 20];
    response =
        client.upload("/wp-json/wp/v2/media", "file", "film.mp4", "video/mp4", film, password);
    assertThat(response.status()).as(response.body()).isEqualTo(201);
    assertThat(uploads(site, "film"))
        .singleElement()
        .satisfies(f -> assertThat(f).hasSize(film.length));
  }

  private static List<Path> uploads(Site site, String name) throws IOException {
    try (Stream<Path> files = Files.walk(site.directory().resolve("wp-content/uploads"))) {
      return files.filter(file -> file.getFileName().toString().startsWith(name)).toList();
    }
  }

  private static byte[] picture(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, new Color(x * 255 / width, y * 255 / height, x * y % 100).getRGB());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }
}
