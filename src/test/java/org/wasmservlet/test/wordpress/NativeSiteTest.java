package org.wasmservlet.test.wordpress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/**
 * What WordPress answers when it goes on from where its library was loaded is what it answers on
 * the machine's own PHP, on a copy of the same site.
 */
class NativeSiteTest {
  /** What a container adds to each answer. */
  private static final Set<String> OF_THE_CONTAINER = Set.of("connection", "keep-alive");

  /**
   * The GD of this build has neither WebP nor AVIF, and its PHP is 8.2.0, without some modules that
   * Site Health recommends; docs/wordpress.md says so. Each PHP knows the time zones of its day.
   */
  private static final Pattern PLATFORM =
      Pattern.compile(
          "\"(webp|avif)_upload_error\":true,|\\(8\\.\\d+\\.\\d+\\)"
              + "|\"label\":\"One or more \\w+ modules are missing\".*?\"test\":\"php_extensions\""
              + "|<option value=\"[A-Z][a-z]+/[^\"]*\">[^<]*</option>\\s*");

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void answersAsOnTheMachinesOwnPhp() throws Exception {
    String program = System.getProperty("wordpress.native");
    assumeThat(program).as("-Dwordpress.native=PATH names a php-cgi").isNotNull();
    Site site = Site.assemble();
    Started.tell(site);
    try (WebApp.Deployed app = site.webApp("").deploy(Container.TOMCAT_11.server())) {
      SiteClient client = new SiteClient(app);
      client.install();
      String author = client.logIn("author", "correct-horse");
      // The plugin of SQLite becomes active with the first page of wp-admin.
      client.get("/wp-admin/", author);
      Started.awaitFrozen(client);
      Path copy = Scratch.directory("native").resolve("site");
      Scratch.copy(site.directory(), copy);
      NativePhp php = new NativePhp(Path.of(program), Site.phpIni(), copy, app.contextPath());
      Pages.forEach(author, (path, headers) -> assertSame(site, client, php, path, headers));
    }
  }

  private static void assertSame(
      Site site, SiteClient client, NativePhp php, String path, String[] headers) throws Exception {
    // Both begin with the same tables, whatever the pages before have written.
    Scratch.copy(database(site.directory()), database(php.site()));
    RawResponse here = client.get(path, headers);
    RawResponse there = php.get(path, headers);
    Likeness.assertSame(path, comparable(here, "/site"), comparable(there, php.site().toString()));
  }

  /** Without what is the container's, the machine's or PHP's own. */
  private static RawResponse comparable(RawResponse response, String directory) {
    List<RawResponse.Header> headers =
        response.headers().stream()
            .map(h -> new RawResponse.Header(h.name().toLowerCase(Locale.ROOT), value(h)))
            .filter(h -> !OF_THE_CONTAINER.contains(h.name()))
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .toList();
    String body = PLATFORM.matcher(response.body().replace(directory, "/site")).replaceAll("");
    return new RawResponse(response.status(), headers, body.getBytes(UTF_8), response.end());
  }

  private static String value(RawResponse.Header header) {
    return switch (header.name().toLowerCase(Locale.ROOT)) {
      // Tomcat writes it in its own way.
      case "content-type" -> header.value().replace("; ", ";").toLowerCase(Locale.ROOT);
      // 8.2.0 here, any other there.
      case "x-powered-by" -> header.value().replaceFirst("/.*", "");
      // WordPress has functions and constants of its own for what a PHP has not built in.
      case "x-loaded" -> header.value().replaceFirst(".*(request [^,]*).*", "$1");
      default -> header.value();
    };
  }

  private static Path database(Path site) {
    return site.resolve("wp-content/database");
  }
}
