package org.wasmservlet.test.wordpress;

import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** The pages of a site that are looked at in two ways. */
final class Pages {
  /** All take longer than there is time for every day. */
  private static final boolean ALL = "all".equals(System.getProperty("wordpress.pages"));

  private static final List<String> FIRST_OF_VISITORS =
      List.of(
          "/?p=1&replytocom=1",
          "/no/such/page/",
          "/feed/",
          "/wp-json/wp/v2/users/me",
          "/wp-login.php?action=lostpassword");

  private static final List<String> FIRST_OF_AUTHOR =
      List.of(
          "/",
          "/wp-admin/index.php",
          "/wp-admin/post.php?post=1&action=edit",
          "/wp-admin/site-health.php",
          "/wp-admin/admin.php?import=none",
          "/wp-json/wp/v2/users/me?context=edit");

  private static final List<String> OTHERS_OF_VISITORS =
      List.of(
          "/sample-page/",
          "/category/uncategorized/",
          "/?s=hello",
          "/wp-json/wp/v2/posts?_embed",
          "/wp-sitemap.xml",
          "/wp-admin/edit.php?post_type=page",
          "/?p=1",
          "/?author=1",
          "/?feed=atom",
          "/?feed=rdf",
          "/comments/feed/",
          "/robots.txt",
          "/wp-json/",
          "/wp-json/wp/v2/types",
          "/wp-login.php?action=register",
          "/?page_id=2",
          "/?m=" + Year.now(ZoneOffset.UTC),
          "/favicon.ico",
          "/index.php",
          "/index.php/sample-page/",
          "/wp-cron.php",
          "/xmlrpc.php",
          "/wp-trackback.php",
          "/wp-links-opml.php",
          "/wp-admin/admin-ajax.php",
          "/?rest_route=/wp/v2/pages",
          "/embed/",
          "/wp-comments-post.php",
          "/xmlrpc.php?rsd",
          "/wp-admin/admin-post.php",
          "/wp-admin/profile.php");

  private static final List<String> OTHERS_OF_AUTHOR =
      List.of(
          "/wp-admin/edit.php",
          "/wp-admin/site-editor.php",
          "/wp-admin/options-permalink.php",
          "/wp-admin/plugins.php",
          "/?p=1&preview=true",
          "/wp-admin/",
          "/wp-admin/edit.php?post_type=page",
          "/wp-admin/post-new.php",
          "/wp-admin/post-new.php?post_type=page",
          "/wp-admin/upload.php",
          "/wp-admin/upload.php?mode=list",
          "/wp-admin/media-new.php",
          "/wp-admin/edit-tags.php?taxonomy=category",
          "/wp-admin/edit-tags.php?taxonomy=post_tag",
          "/wp-admin/term.php?taxonomy=category&tag_ID=1",
          "/wp-admin/edit-comments.php",
          "/wp-admin/comment.php?action=editcomment&c=1",
          "/wp-admin/themes.php",
          "/wp-admin/theme-install.php",
          "/wp-admin/widgets.php",
          "/wp-admin/nav-menus.php",
          "/wp-admin/customize.php",
          "/wp-admin/theme-editor.php",
          "/wp-admin/plugin-editor.php",
          "/wp-admin/plugin-install.php",
          "/wp-admin/users.php",
          "/wp-admin/user-new.php",
          "/wp-admin/user-edit.php?user_id=2",
          "/wp-admin/profile.php",
          "/wp-admin/tools.php",
          "/wp-admin/import.php",
          "/wp-admin/export.php",
          "/wp-admin/export.php?download=true",
          "/wp-admin/export-personal-data.php",
          "/wp-admin/erase-personal-data.php",
          "/wp-admin/options-general.php",
          "/wp-admin/options-writing.php",
          "/wp-admin/options-reading.php",
          "/wp-admin/options-discussion.php",
          "/wp-admin/options-media.php",
          "/wp-admin/options-privacy.php",
          "/wp-admin/options.php",
          "/wp-admin/update-core.php",
          "/wp-admin/about.php",
          "/wp-admin/credits.php",
          "/wp-admin/freedoms.php",
          "/wp-admin/privacy.php",
          "/wp-admin/contribute.php",
          "/wp-admin/privacy-policy-guide.php",
          "/wp-admin/authorize-application.php?app_name=x",
          "/wp-admin/admin.php?page=none",
          "/wp-admin/revision.php?revision=1",
          "/wp-admin/link-manager.php",
          "/wp-admin/link-add.php",
          "/wp-admin/link.php",
          "/wp-admin/media.php",
          "/wp-admin/media-upload.php",
          "/wp-admin/media-upload.php?inline",
          "/wp-admin/press-this.php",
          "/wp-admin/plugin-install.php?tab=plugin-information&plugin=x",
          "/wp-admin/update.php?action=activate-plugin",
          "/wp-admin/update.php",
          "/wp-admin/admin-post.php",
          "/wp-admin/async-upload.php",
          "/wp-admin/async-upload.php?action=upload-attachment",
          "/wp-admin/tools.php?page=x",
          "/wp-admin/import.php?import=x",
          "/wp-admin/index.php?import=x",
          "/wp-admin/moderation.php",
          "/wp-admin/upgrade.php",
          "/wp-admin/admin-ajax.php?action=rest-nonce",
          "/wp-admin/load-styles.php?load=common",
          "/wp-admin/load-scripts.php?load=common",
          "/wp-json/wp/v2/settings",
          "/wp-json/wp/v2/block-types",
          "/wp-json/wp/v2/themes?status=active",
          "/wp-json/wp-site-health/v1/tests/background-updates",
          "/wp-json/wp-site-health/v1/directory-sizes");

  /** Pages that make something, or draw a random number for each letter. */
  private static final Set<String> EACH_ANOTHER =
      Set.of(
          "/wp-admin/post-new.php",
          "/wp-admin/post-new.php?post_type=page",
          "/wp-admin/edit-comments.php",
          "/wp-admin/customize.php",
          "/wp-admin/options-writing.php");

  /** What PHP is started for: docs/wordpress.md says why. */
  private static final Set<String> COLD =
      Set.of(
          "/wp-trackback.php",
          "/wp-admin/admin-post.php",
          "/wp-admin/async-upload.php",
          "/wp-admin/export.php",
          "/wp-admin/moderation.php",
          "/wp-admin/nav-menus.php",
          "/wp-admin/press-this.php",
          "/wp-admin/themes.php",
          "/wp-admin/update-core.php",
          "/wp-admin/load-scripts.php",
          "/wp-admin/load-styles.php",
          "/wp-admin/upgrade.php",
          // It ends before a plugin could tell.
          "/wp-comments-post.php");

  private Pages() {}

  /** Whether all are asked for, and not only some. */
  static boolean areAll() {
    return ALL;
  }

  /** The scripts that all these are for. */
  static Set<String> scripts() {
    return Stream.of(FIRST_OF_VISITORS, OTHERS_OF_VISITORS, FIRST_OF_AUTHOR, OTHERS_OF_AUTHOR)
        .flatMap(List::stream)
        .map(Pages::script)
        .collect(Collectors.toSet());
  }

  /** Whether it goes on from where WordPress was loaded. */
  static boolean goesOn(String path) {
    return !COLD.contains(script(path));
  }

  private static String script(String path) {
    return path.replaceFirst("\\?.*", "").replaceFirst("/$", "/index.php");
  }

  /**
   * Looks at each, and tells of all that are not as they should be.
   *
   * @param author the header of whoever has logged in
   */
  static void forEach(String author, Look look) {
    SoftAssertions all = new SoftAssertions();
    for (String path : ALL ? both(FIRST_OF_VISITORS, OTHERS_OF_VISITORS) : FIRST_OF_VISITORS) {
      all.check(() -> look.at(path, new String[0]));
    }
    for (String path : ALL ? both(FIRST_OF_AUTHOR, OTHERS_OF_AUTHOR) : FIRST_OF_AUTHOR) {
      all.check(() -> look.at(path, new String[] {author}));
    }
    all.assertAll();
  }

  /** A look at one of them. */
  interface Look {
    /** Asks for a page, with these headers. */
    void at(String path, String[] headers) throws Exception;
  }

  /** Whether no two answers are alike. */
  static boolean isEachTimeAnother(String path) {
    return EACH_ANOTHER.contains(path);
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
