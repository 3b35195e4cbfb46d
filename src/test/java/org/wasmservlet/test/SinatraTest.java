package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;

/**
 * A site by Sinatra, with Rack 2, started once and started anew. Runs where frameworks.ruby has it.
 */
class SinatraTest {
  private static final FrameworkSites SITES =
      new FrameworkSites(FrameworkSites.ruby("sinatra", "sinatra/base.rb"));

  @AfterAll
  static void undeploy() {
    SITES.close();
  }

  @OnEveryContainer
  void answersWhatABrowserAsks(Container container) throws Exception {
    FrameworkSite site = SITES.once(container);
    site.answers("/style.css");
    site.takesNotes("/style.css");
    fails(site.client());
  }

  @OnEveryContainer
  void answersTheSameIfItIsStartedForEachRequest(Container container) throws Exception {
    FrameworkSite site = SITES.anew(container);
    assertThat(site.client().text("/")).isEqualTo("hello");
    site.uploads();
    fails(site.client());
  }

  private static void fails(ApplicationClient client) throws Exception {
    client.failsWithItsOwnPage("/fails", "Internal Server Error", "KeyError - in a route");
  }
}
