package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.WasmServlet;
import org.wasmservlet.bench.Folders;

/**
 * A WordPress, installed once by native PHP, and copied: one for us and one for native programs.
 *
 * @param work the folder of everything that is made
 * @param sample the folder of the sample, whose build has fetched WordPress
 */
record WordPressSite(Path work, Path sample) {
  private static final String FORM =
      "weblog_title=Bench&user_name=admin&admin_password=Tr0ub4dor-und-3&pw_weak=on"
          + "&admin_password2=Tr0ub4dor-und-3&admin_email=admin%40example.org&blog_public=0"
          + "&Submit=Install+WordPress&language=";

  /** Every system has a port of its own, and the paths of posts no date. */
  private static final String SETTINGS =
      """
      <?php
      $address = fn() => 'http://' . $_SERVER['HTTP_HOST'] . '/wordpress';
      add_filter('pre_option_home', $address);
      add_filter('pre_option_siteurl', $address);
      add_action('wp_install', function () {
          global $wp_rewrite;
          $wp_rewrite->set_permalink_structure('/%postname%/');
          $wp_rewrite->flush_rules();
      }, 20);
      """;

  private static final String OF_ONE_REQUEST =
      "apache_request_headers,filter_has_var,filter_input,filter_input_array,getallheaders";

  private static final String WITHOUT_LOCKS = "?vfs=unix-none";

  /** What our filter serves. */
  Path ourSite() {
    return work.resolve("wordpress/ours");
  }

  /** What native PHP runs. */
  Path nativeSite() {
    return work.resolve("wordpress/native");
  }

  /** Assembles, installs and copies it, unless that has been done. */
  void make(Tools tools) throws IOException, InterruptedException {
    if (Files.exists(ourSite())) {
      return;
    }
    Folders.empty(work.resolve("wordpress"));
    assemble(nativeSite());
    Path config = nativeSite().resolve("wp-config.php");
    String text = Files.readString(config);
    Files.writeString(config, text.replace(WITHOUT_LOCKS, ""));
    Files.writeString(nativeSite().resolve("wp-content/mu-plugins/settings.php"), SETTINGS);
    install(tools);
    Path copy = work.resolve("wordpress/copy");
    run(Map.of(), "cp", "-r", nativeSite().toString(), copy.toString());
    Path ours = copy.resolve("wp-config.php");
    Files.writeString(
        ours, Files.readString(ours).replace(".ht.sqlite'", ".ht.sqlite" + WITHOUT_LOCKS + "'"));
    // httpd's programs are nobody's but its own user's.
    run(Map.of(), "chmod", "-R", "a+rwX", nativeSite().toString());
    Files.move(copy, ourSite());
  }

  /** Of our filter, as in the sample's web.xml. */
  Map<String, String> initParams() {
    String site = ourSite().toString();
    Map<String, String> params = new LinkedHashMap<>();
    params.put(WasmServlet.MAP_CGI_FILE_NAMES, "On");
    params.put(WasmServlet.DOCUMENT_ROOT, site);
    params.put(WasmServlet.DIRECTORY_INDEX, "index.php index.html");
    params.put(WasmServlet.FALLBACK, "/index.php");
    params.put(
        WasmServlet.MAP_DIR,
        String.join(
            "\n",
            "/site " + site + " ro",
            "/site/wp-content/uploads " + site + "/wp-content/uploads",
            "/site/wp-content/database " + site + "/wp-content/database",
            "/tmp tmp:"));
    params.put(WasmServlet.ENV, "TMPDIR /tmp");
    params.put(WasmServlet.TIMEOUT, "2m");
    params.put(WasmServlet.QUEUE_TIMEOUT, "2m");
    params.put(WasmServlet.LOCK_FILE, site + ".lock");
    return params;
  }

  /** The same, its library loaded once. */
  Map<String, String> frozenInitParams() {
    Map<String, String> params = initParams();
    params.put(WasmServlet.GATEWAY, "fastcgi");
    params.put(WasmServlet.ARG, "-d\ndisable_functions=" + OF_ONE_REQUEST + "\n-b\n9000");
    params.put(WasmServlet.FREEZE, "accept");
    params.put(WasmServlet.APPLICATION, "wordpress /site");
    return params;
  }

  private void assemble(Path site) throws IOException, InterruptedException {
    if (!Files.exists(sample.resolve("target/wordpress/unpacked"))) {
      throw new IOException("no WordPress in " + sample + "/target; its build said why");
    }
    run(
        Map.of(),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        sample.resolve("wordpress/AssembleWordPress.java").toString(),
        sample.resolve("target/wordpress").toString(),
        site.toString(),
        sample.resolve("wordpress/wp-config.php").toString());
  }

  private void install(Tools tools) throws IOException, InterruptedException {
    Path form = Files.writeString(work.resolve("wordpress/form"), FORM);
    Map<String, String> cgi = new LinkedHashMap<>();
    cgi.put("GATEWAY_INTERFACE", "CGI/1.1");
    cgi.put("SERVER_PROTOCOL", "HTTP/1.1");
    cgi.put("REQUEST_METHOD", "POST");
    cgi.put("REQUEST_URI", "/wordpress/wp-admin/install.php?step=2");
    cgi.put("QUERY_STRING", "step=2");
    cgi.put("SCRIPT_NAME", "/wordpress/wp-admin/install.php");
    cgi.put("SCRIPT_FILENAME", nativeSite().resolve("wp-admin/install.php").toString());
    cgi.put("HTTP_HOST", "127.0.0.1");
    cgi.put("REMOTE_ADDR", "127.0.0.1");
    cgi.put("REDIRECT_STATUS", "200");
    cgi.put("CONTENT_TYPE", "application/x-www-form-urlencoded");
    cgi.put("CONTENT_LENGTH", Integer.toString(FORM.length()));
    String page = run(cgi, "sh", "-c", "exec '" + tools.phpCgi() + "' <'" + form + "'");
    if (!page.contains("Success!")) {
      throw new IOException("WordPress was not installed: " + page);
    }
  }

  private String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path log = work.resolve("wordpress/log");
    Files.deleteIfExists(log);
    try (Child child = Child.start(List.of(command), environment, log)) {
      child.await(Duration.ofMinutes(2));
    }
    return Files.readString(log);
  }
}
