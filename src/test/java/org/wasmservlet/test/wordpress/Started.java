package org.wasmservlet.test.wordpress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.http.RawResponse;

/** What a request began with: PHP alone, or WordPress as it was when its library was loaded. */
final class Started {
  private static final String HEADER = "X-Started-With";

  /**
   * The script that PHP was started with, and how much of PHP is what by the time that the first
   * plugin is loaded: but for our own functions, and what tells the time.
   */
  private static final String PLUGIN =
      """
      <?php
      (function () {
          $named = fn($names) => array_values(
              array_filter($names, fn($name) => stripos($name, 'wasmservlet') !== 0));
          $hooks = [];
          foreach ($GLOBALS['wp_filter'] as $hook => $filters) {
              foreach ($filters->callbacks as $priority => $callbacks) {
                  foreach ($callbacks as ['function' => $callback]) {
                      $hooks[] = "$hook $priority " . (is_string($callback) ? $callback : '');
                  }
              }
          }
          $constants = get_defined_constants(true)['user'];
          unset($constants['WP_START_TIMESTAMP']);
          $all = [
              'constants' => array_map(
                  fn($name) => "$name " . json_encode($constants[$name]), $named(array_keys($constants))),
              'functions' => $named(get_defined_functions()['user']),
              'classes' => $named(get_declared_classes()),
              'hooks' => $hooks,
              // WordPress would not ask for a page if it saw that it had been.
              'globals' => array_diff(
                  array_keys(array_filter($GLOBALS, fn($value) => $value !== null)),
                  ['_ENV', 'wp_did_header']),
              'request' => [$_GET, $_POST, $_COOKIE, $_REQUEST, $GLOBALS['HTTP_RAW_POST_DATA'] ?? null],
              'settings' => [getcwd(), error_reporting(), ini_get('display_errors')],
          ];
          $told = [];
          foreach ($all as $what => $each) {
              if ($what !== 'request') {
                  sort($each);
              }
              $told[] = "$what " . count($each) . ' ' . md5(serialize($each));
          }
          header('X-Started-With: ' . basename(get_included_files()[0]));
          header('X-Loaded: ' . implode(', ', $told));
      })();
      """;

  private static final String FROZEN = "wordpress.php";

  /** With a request that may be an upload, PHP is started for it. Nothing else looks at this. */
  private static final List<String> COLD =
      List.of("Content-Type: multipart/form-data; boundary=b", "Content-Length: 0");

  /** WordPress is started in another way for each of these. */
  private static final List<String> ONE_OF_EACH =
      List.of(
          "/",
          "/wp-login.php",
          "/wp-cron.php",
          "/xmlrpc.php",
          "/wp-admin/admin-ajax.php",
          "/wp-admin/");

  private Started() {}

  /** Has the site's answers tell it. */
  static void tell(Site site) throws IOException {
    Path plugins = site.directory().resolve("wp-content/mu-plugins");
    Files.writeString(plugins.resolve("started.php"), PLUGIN);
  }

  static boolean isFrozen(RawResponse response) {
    return FROZEN.equals(response.header(HEADER));
  }

  /** The headers of a request that PHP is started for. */
  static String[] cold(String... headers) {
    return Stream.concat(Stream.of(headers), COLD.stream()).toArray(String[]::new);
  }

  /** Has all of them frozen: the first request for one is what does it. */
  static void awaitFrozen(SiteClient client) throws Exception {
    for (String path : ONE_OF_EACH) {
      Polling.await(
          Duration.ofMillis(Site.PATIENCE_MILLIS),
          path + " goes on",
          () -> isFrozen(client.get(path)));
    }
  }
}
