package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasmservlet.test.browser.Browser;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** From WordPress's installer to a post with a picture, in a browser. */
class WordPressTest {
  private static final String TITLE = "Hello from the browser";

  /** One Tomcat is enough. */
  static List<Container> isInstalledAndWrittenToInABrowserAndOutlivesTheServer() {
    return Container.askedFor().stream().filter(one -> one != Container.TOMCAT_10).toList();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void isInstalledAndWrittenToInABrowserAndOutlivesTheServer(Container container) throws Exception {
    try (Browser browser = Browser.open("wordpress-" + container.name().toLowerCase(Locale.ROOT))) {
      WebApp webApp = Site.assemble().webApp("");
      TestServer server = container.startSharingCore(0);
      int port = server.port();
      String url = "http://127.0.0.1:" + port + webApp.contextPath();
      Visit visit = new Visit(browser, url);
      String permalink;
      try (WebApp.Deployed app = webApp.deploy(server)) {
        visit.install();
        visit.logIn();
        permalink = visit.write(TITLE, picture());
        assertThat(permalink).matches(url + "/\\d{4}/\\d\\d/\\d\\d/hello-from-the-browser/");
        visit.lookAtTheMediaLibrary();
        visit.logOut();
        visit.read(permalink, TITLE, "8-post");
        assertSourcesAreNotShown(app);
      } finally {
        server.stop();
      }
      server = container.startSharingCore(port);
      try (WebApp.Deployed app = webApp.deploy(server)) {
        visit.read(permalink, TITLE, "9-after-the-restart");
        RawResponse feed = feed(app);
        assertThat(feed.header("Content-Type")).startsWith("application/rss+xml");
        assertThat(feed.body()).contains("<title>" + TITLE + "</title>");
      } finally {
        server.stop();
      }
    }
  }

  /** Asked for under the site's own name, or WordPress would redirect to it. */
  private static RawResponse feed(WebApp.Deployed app) throws IOException {
    try (RawHttp connection = new RawHttp(app.port(), Site.PATIENCE_MILLIS)) {
      connection.send(
          "GET "
              + app.contextPath()
              + "/feed/ HTTP/1.1\r\nHost: 127.0.0.1:"
              + app.port()
              + "\r\n\r\n");
      return connection.read("GET");
    }
  }

  private static void assertSourcesAreNotShown(WebApp.Deployed app) throws IOException {
    for (String path :
        new String[] {
          "/wp-config.php",
          "/WP-CONFIG.PHP",
          "/wp-config.php/x",
          "/wp-content/database/",
          "/wp-content/database/.ht.sqlite",
          "/wp-content/database/index.php",
          "/.htaccess"
        }) {
      RawResponse denied = RawHttp.get(app.port(), app.contextPath() + path);
      assertThat(denied.status()).as(path).isEqualTo(404);
      assertThat(denied.body()).as(path).doesNotContain("AUTH_KEY").doesNotContain("SQLite");
    }
  }

  /** Large enough for WordPress to make thumbnails of it. */
  private static Path picture() throws IOException {
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, new Color(x * 255 / 639, y * 255 / 479, 128).getRGB());
      }
    }
    Path file = Scratch.directory("picture").resolve("picture.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
