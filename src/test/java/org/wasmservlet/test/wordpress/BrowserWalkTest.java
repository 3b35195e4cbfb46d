package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.browser.Browser;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.WebApp;

/**
 * All pages as people see them, in Chromium: their scripts find what they ask for and throw
 * nothing, and the editors show what is edited.
 */
class BrowserWalkTest {
  private static final String LOGGED_IN = "the author";

  /** What is for programs, or is kept as a file. */
  private static final Pattern NO_PAGE =
      Pattern.compile(
          "/(wp-json|xmlrpc|wp-cron|wp-trackback|wp-comments-post|robots|favicon|wp-links-opml).*"
              + "|.*(/feed/|[?]feed=|rest_route=).*"
              + "|/wp-admin/(admin-ajax|admin-post|async-upload|load-).*|.*download=true"
              // Without something to do it says nothing.
              + "|/wp-admin/update[.]php");

  /** Pictures of people are on a server elsewhere. */
  private static final String ELSEWHERE = "net::ERR_NAME_NOT_RESOLVED";

  /** Editors have nothing to read before their scripts have run. */
  private static final String TEXT =
      """
      return new Promise(shown => {
        const look = () => {
          const text = document.body.innerText.trim();
          text ? shown(text) : requestAnimationFrame(look);
        };
        look();
      });
      """;

  /** WordPress refuses with 500, too, where what is asked for is not allowed or not there. */
  private static final String STATUS =
      """
      const status = performance.getEntriesByType('navigation')[0].responseStatus;
      return status >= 500 && document.body.id === 'error-page' ? 400 : status;
      """;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void everyPageWorks() throws Exception {
    assumeThat(Pages.areAll()).as("-Dwordpress.pages=all").isTrue();
    Site site = Site.assemble();
    Started.tell(site);
    try (Browser browser = Browser.open("wordpress-walk");
        WebApp.Deployed app = site.webApp("").deploy(Container.TOMCAT_11.server())) {
      String url = "http://127.0.0.1:" + app.port() + app.contextPath();
      Visit visit = new Visit(browser, url);
      visit.install();
      Started.awaitFrozen(new SiteClient(app));
      browser.errors();
      walk(browser, url, false);
      visit.logIn();
      browser.errors();
      walk(browser, url, true);
      visit.lookAtTheEditors();
    }
  }

  private static void walk(Browser browser, String url, boolean asAuthor) {
    Pages.forEach(
        LOGGED_IN,
        (path, headers) -> {
          if (headers.length > 0 == asAuthor && !NO_PAGE.matcher(path).matches()) {
            assertWorks(browser, url + path, path);
          }
        });
  }

  private static void assertWorks(Browser browser, String url, String path) throws IOException {
    browser.go(url);
    String text = (String) browser.script(TEXT);
    browser.screenshot("page" + path.replaceAll("\\W+", "-"));
    List<String> errors = browser.errors();
    assertThat(text).as(path).doesNotContain("critical error on this website");
    assertThat((Double) browser.script(STATUS)).as(path).isBetween(200.0, 499.0);
    // A page that is a refusal itself is one that is not found, or that has to be.
    String refusal = browser.url() + " - Failed to load resource";
    assertThat(errors)
        .as(path)
        .filteredOn(error -> !error.contains(ELSEWHERE) && !error.startsWith(refusal))
        .isEmpty();
  }
}
