package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;

/** A site by Flask 3, started once and started anew. Runs where frameworks.python has it. */
class FlaskTest {
  private static final FrameworkSites SITES =
      new FrameworkSites(FrameworkSites.python("flask", "site_pages:application", "flask"));

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
    assertThat(site.client().text("/asynchronous")).isEqualTo("there and back");
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
}
