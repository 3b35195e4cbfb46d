package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.wasmservlet.test.browser.Browser;

/** What a person does with a site, step by step, in a browser. */
final class Visit {
  private static final String USER = "author";
  private static final String TITLE_OF_THE_SITE = "A site in a container";
  private static final String PASSWORD = "correct horse battery staple";

  /**
   * As if the author had closed the editor's guide on an earlier visit. On the first, the editor
   * forgets that it was closed when the server's answer to an earlier question comes later.
   */
  private static final String CLOSE_THE_GUIDE =
      """
      const settings = {'core/edit-post': {welcomeGuide: false}, _modified: new Date().toISOString()};
      return fetch(ajaxurl + '?action=rest-nonce')
          .then(answer => answer.text())
          .then(nonce => fetch(ajaxurl.replace('wp-admin/admin-ajax.php', 'wp-json/wp/v2/users/me'), {
            method: 'POST',
            headers: {'X-WP-Nonce': nonce, 'Content-Type': 'application/json'},
            body: JSON.stringify({meta: {persisted_preferences: settings}})
          }))
          .then(answer => answer.ok);
      """;

  /** What the editor takes for the title. */
  private static final String TITLE =
      "return wp.data.select('core/editor').getEditedPostAttribute('title') || ''";

  private final Browser browser;
  private final String site;

  /**
   * Makes a visit.
   *
   * @param site the site's URL, without a slash at its end
   */
  Visit(Browser browser, String site) {
    this.browser = browser;
    this.site = site;
  }

  void install() throws IOException {
    browser.go(site + "/");
    assertThat(browser.url()).isEqualTo(site + "/wp-admin/install.php");
    browser.fill("#weblog_title", TITLE_OF_THE_SITE);
    browser.fill("#user_login", USER);
    browser.fill("#pass1", PASSWORD);
    browser.fill("#admin_email", "author@example.org");
    browser.screenshot("1-installer");
    browser.click("#submit");
    // Both pages have an h1.
    browser.await(".install-success");
    assertThat(browser.text("h1")).isEqualTo("Success!");
    browser.screenshot("2-installed");
  }

  void logIn() throws IOException {
    browser.go(site + "/wp-login.php");
    // The page's script does that when it has been there for a moment, whatever has the focus then.
    browser.await("#user_login:focus");
    browser.fill("#user_login", USER);
    browser.fill("#user_pass", PASSWORD);
    browser.click("#wp-submit");
    assertThat(browser.text("#wpbody h1")).isEqualTo("Dashboard");
    browser.screenshot("3-dashboard");
    assertThat(browser.script(CLOSE_THE_GUIDE)).isEqualTo(true);
  }

  /**
   * Writes a post with a picture in the block editor and publishes it.
   *
   * @return its permalink
   */
  String write(String title, Path picture) throws IOException {
    browser.go(site + "/wp-admin/post-new.php");
    typeTitle(title);
    browser.click(".block-editor-default-block-appender__content");
    browser.type("p.wp-block-paragraph", "/image");
    browser.leaveFrame();
    browser.await(".components-autocomplete__result[aria-selected=true]");
    browser.click(".components-autocomplete__result[aria-selected=true]");
    browser.enterFrame("iframe[name=editor-canvas]");
    browser.type(".wp-block-image input[type=file]", picture.toString());
    // Shown from the browser's memory until the server has it.
    browser.await(".wp-block-image img[src*='/wp-content/uploads/']");
    browser.screenshot("4-editor");
    browser.leaveFrame();
    browser.click(".editor-post-publish-panel__toggle:not([aria-disabled=true])");
    browser.click(
        ".editor-post-publish-panel .editor-post-publish-button:not([aria-disabled=true])");
    String permalink =
        (String) browser.property(".post-publish-panel__postpublish-header a", "href");
    browser.screenshot("5-published");
    return permalink;
  }

  /**
   * Stays in the canvas. The editor makes that anew when its styles have come, and what has been
   * typed into the first one is lost: whoever sees that types again.
   */
  private void typeTitle(String title) {
    do {
      browser.enterFrame("iframe[name=editor-canvas]");
      browser.typeOrMiss(".wp-block-post-title", title);
      browser.leaveFrame();
    } while (!browser.script(TITLE).equals(title));
    browser.enterFrame("iframe[name=editor-canvas]");
  }

  /** The post as anybody sees it. */
  void read(String permalink, String title, String screenshot) throws IOException {
    browser.go(permalink);
    assertThat(browser.text("h1.wp-block-post-title")).isEqualTo(title);
    assertPictureIsShown(".wp-block-image img");
    browser.screenshot(screenshot);
  }

  void lookAtTheMediaLibrary() throws IOException {
    browser.go(site + "/wp-admin/upload.php?mode=list");
    String thumbnail = "td.title img[src*='-150x150.png']";
    browser.await(thumbnail);
    assertPictureIsShown(thumbnail);
    browser.screenshot("7-media");
  }

  private void assertPictureIsShown(String selector) {
    browser.await(selector);
    Object width =
        browser.script(
            "const image = document.querySelector(arguments[0]);"
                + " return image.decode().then(() => image.naturalWidth)",
            selector);
    assertThat((Double) width).isPositive();
  }

  /** That of a post and that of the site show what is edited in a frame. */
  void lookAtTheEditors() throws IOException {
    browser.go(site + "/wp-admin/post.php?post=1&action=edit");
    browser.enterFrame("iframe[name=editor-canvas]");
    assertThat(browser.text(".wp-block-post-title")).isEqualTo("Hello world!");
    browser.leaveFrame();
    browser.screenshot("editor-of-a-post");
    browser.go(site + "/wp-admin/site-editor.php?canvas=edit");
    browser.enterFrame("iframe[name=editor-canvas]");
    assertThat(browser.text(".wp-block-site-title")).isEqualTo(TITLE_OF_THE_SITE);
    browser.leaveFrame();
    browser.screenshot("editor-of-the-site");
    browser.go(site + "/wp-admin/customize.php");
    browser.enterFrame("#customize-preview iframe");
    assertThat(browser.text(".wp-block-site-title")).isEqualTo(TITLE_OF_THE_SITE);
    browser.leaveFrame();
    browser.screenshot("customizer");
  }

  void logOut() throws IOException {
    String link = (String) browser.property("#wp-admin-bar-logout a", "href");
    browser.go(link);
    assertThat(browser.text("#login-message, .message")).contains("logged out");
    browser.go(site + "/wp-admin/");
    browser.await("#loginform");
    browser.screenshot("8-logged-out");
  }
}
