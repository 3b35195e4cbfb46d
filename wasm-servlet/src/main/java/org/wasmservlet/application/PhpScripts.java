package org.wasmservlet.application;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.wasmservlet.directive.ApplicationLine;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

/**
 * With which scripts PHP is started to be frozen, and which of them a request goes on from. Guest
 * paths all of them. Immutable.
 */
public final class PhpScripts {
  /** Where a copy of a PHP that was frozen finds its request's variables. */
  public static final String REQUEST_FILE = ApplicationFactory.OWN_DIRECTORY + "/request";

  private static final String ADAPTER = ApplicationFactory.OWN_DIRECTORY + "/php/wordpress.php";

  /** Tells PHP what it is started for; no header of a client's becomes a variable of this name. */
  private static final String START = "WASM_SERVLET_START";

  /** As much as there can be: the body is the request's that comes later. */
  private static final String ANY_LENGTH = String.valueOf(Integer.MAX_VALUE);

  /** Loads WordPress's library, and nothing else. */
  private static final String LIBRARY = "/wp-load.php";

  /** What begins with that. */
  private static final List<String> OF_THE_LIBRARY =
      List.of("/index.php", "/wp-comments-post.php", "/wp-links-opml.php");

  /** What has its own functions, or something that changes the library, before it loads that. */
  private static final List<String> THEMSELVES =
      List.of("/wp-cron.php", "/wp-login.php", "/xmlrpc.php", "/wp-admin/admin-ajax.php");

  /** Loads the library as pages of wp-admin have it, where some of its hooks are others. */
  private static final String WP_ADMIN = "/wp-admin/admin.php";

  /** Those of 6.5 that begin with that, and have at most constants before it. */
  private static final String WP_ADMIN_PAGES =
      "about admin authorize-application comment contribute credits customize edit edit-comments"
          + " edit-tags erase-personal-data export-personal-data freedoms import index link"
          + " link-add link-manager media media-new media-upload options options-discussion"
          + " options-general options-media options-permalink options-privacy options-reading"
          + " options-writing plugin-editor plugin-install plugins post post-new privacy"
          + " privacy-policy-guide profile revision site-editor site-health term theme-editor"
          + " theme-install tools update upload user-edit user-new users widgets";

  private final Map<String, String> starts = new LinkedHashMap<>();
  private final boolean isWordPress;

  private PhpScripts(ApplicationLine line) {
    isWordPress = line.kind() == ApplicationLine.Kind.WORDPRESS;
    if (isWordPress) {
      String root = withoutSlash(line.directory());
      OF_THE_LIBRARY.forEach(script -> starts.put(root + script, root + LIBRARY));
      THEMSELVES.forEach(script -> starts.put(root + script, root + script));
      for (String page : WP_ADMIN_PAGES.split(" ")) {
        starts.put(root + "/wp-admin/" + page + ".php", root + WP_ADMIN);
      }
    } else {
      starts.put(line.name(), line.name());
    }
  }

  /**
   * Those of a route.
   *
   * @param directives of the route
   * @return null if its application is none of PHP's
   * @throws DirectiveException if there is an application that cannot be run
   */
  public static PhpScripts of(Directives directives) throws DirectiveException {
    ApplicationLine line = ApplicationLine.of(directives);
    return line == null || !line.kind().isPhp() ? null : new PhpScripts(line);
  }

  private static String withoutSlash(String directory) {
    return directory.endsWith("/") ? directory.substring(0, directory.length() - 1) : directory;
  }

  /**
   * The scripts that PHP is started with, each for requests of its own.
   *
   * @return without doubles
   */
  public Set<String> starts() {
    return Set.copyOf(starts.values());
  }

  /**
   * The script that PHP was started with for a request.
   *
   * @param script that the request is for
   * @return null if it is started anew
   */
  public String startOf(String script) {
    return starts.get(script);
  }

  /**
   * The request that PHP is started with: it has no method and no address, for all that PHP itself
   * keeps of it is the same in every copy.
   *
   * @param start one of {@link #starts()}
   * @return values by name, in the order of the names
   */
  public SortedMap<String, String> variables(String start) {
    // In the same order in every process: what is kept is found by what PHP was started with.
    return new TreeMap<>(
        Map.of(
            "SCRIPT_FILENAME",
            isWordPress ? ADAPTER : start,
            "CONTENT_LENGTH",
            ANY_LENGTH,
            START,
            start));
  }
}
