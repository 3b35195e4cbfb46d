package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;

/**
 * A site by Starlette, which speaks ASGI, started once and started anew. Runs where
 * frameworks.python has it.
 */
class StarletteTest {
  private static final FrameworkSites SITES =
      new FrameworkSites(
          FrameworkSites.python("starlette", "asgi:site_pages:application", "starlette"));

  @AfterAll
  static void undeploy() {
    SITES.close();
  }

  @OnEveryContainer
  void answersWhatABrowserAsks(Container container) throws Exception {
    FrameworkSite site = SITES.once(container);
    site.answers("/static/style.css");
    site.takesNotes("/static/style.css");
    fails(site.client());
    tellsTheRequest(site);
    ApplicationClient client = site.client();
    assertThat(client.text("/asynchronous")).isEqualTo("there and back, started");
    client.showsAndLogsAfterwards("/", "hello", ": stopped");
    client.fails(
        "/hangs", "RuntimeError: the event loop waits for what cannot happen", "exit code 1");
    client.isCut("/fails-later", "KeyError: 'after the headers'", ": stopped", "exit code 1");
  }

  @OnEveryContainer
  void answersTheSameIfItIsStartedForEachRequest(Container container) throws Exception {
    FrameworkSite site = SITES.anew(container);
    assertThat(site.client().text("/")).isEqualTo("hello");
    site.uploads();
    fails(site.client());
  }

  private static void fails(ApplicationClient client) throws Exception {
    client.failsWithItsOwnPage("/fails", "Internal Server Error", "KeyError: 'in a view'");
  }

  private static void tellsTheRequest(FrameworkSite site) throws Exception {
    byte[] body = ApplicationClient.megabyte();
    String told =
        site.client()
            .ask(
                "POST",
                "/scope/a%20b/%C3%BC?q=%20&x",
                body,
                "X-Header: \u00ff",
                "Content-Type: a/b")
            .body();
    assertThat(told)
        .contains("'path': '" + site.path() + "/scope/a b/\u00fc'")
        .contains("'root_path': '" + site.path() + "'")
        .contains("'method': 'POST'")
        .contains("'http_version': '1.1'")
        .contains("'query': 'q=%20&x'")
        .contains("'header': '\u00ff'");
    String parts = FrameworkSite.find("'body': \\[([0-9, ]+)\\]", told);
    assertThat(Stream.of(parts.split(", ")).mapToInt(Integer::parseInt).sum())
        .isEqualTo(body.length);
  }
}
