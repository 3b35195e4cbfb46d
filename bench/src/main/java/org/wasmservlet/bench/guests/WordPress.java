package org.wasmservlet.bench.guests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wasmservlet.bench.peers.Peer;
import org.wasmservlet.bench.peers.PeerKind;
import org.wasmservlet.bench.peers.Sample;

/** The front page of a WordPress, which the sample's build has fetched: about 450 files of PHP. */
final class WordPress {
  private static final String DATABASE = "wp-content/database";

  /** Pages until what WordPress keeps for later pages is kept. */
  private static final int PAGES = 3;

  private static final String INSTALLATION =
      "weblog_title=Bench&user_name=admin&admin_password=Tr0ub4dor-und-3&pw_weak=on"
          + "&admin_password2=Tr0ub4dor-und-3&admin_email=admin%40example.org&blog_public=0"
          + "&Submit=Install+WordPress&language=";

  private final Path site;
  private final Path runtimes;

  private WordPress(Path site, Path runtimes) {
    this.site = site;
    this.runtimes = runtimes;
  }

  /**
   * Assembles and installs it, unless that has been done.
   *
   * @param sample the sample's folder, with its build's output
   * @param site a folder, or what will be one
   * @throws IOException if the sample's build has not fetched it
   */
  static Program frontPage(Path sample, Path site, Path runtimes)
      throws IOException, InterruptedException {
    WordPress wordPress = new WordPress(site, runtimes);
    if (!Files.exists(site)) {
      assemble(sample, site);
    }
    if (!Files.exists(site.resolve(DATABASE + "/.ht.sqlite"))) {
      wordPress.install();
    }
    return wordPress.page(
        Map.of("/site/" + DATABASE, site.resolve(DATABASE)), Path.of("/dev/null"));
  }

  private static void assemble(Path sample, Path site) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                sample.resolve("wordpress/AssembleWordPress.java").toString(),
                sample.resolve("target/wordpress").toString(),
                site.toString(),
                sample.resolve("wordpress/wp-config.php").toString())
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("WordPress was not assembled");
    }
  }

  private void install() throws IOException {
    Path answer = Files.createTempFile("wordpress", ".html");
    Path order = Files.createTempFile("wordpress", ".order");
    Path form = Files.createTempFile("wordpress", ".form");
    Files.writeString(form, INSTALLATION);
    Map<String, String> post =
        request("POST", "/wp-admin/install.php", "step=2", "/wp-admin/install.php");
    post.put("CONTENT_TYPE", "application/x-www-form-urlencoded");
    post.put("CONTENT_LENGTH", Integer.toString(INSTALLATION.length()));
    try (Peer peer = Peer.start(PeerKind.OURS, runtimes.resolve(Programs.PHP))) {
      program(post, Map.of(), form).order(answer, Map.of()).write(order);
      List<Sample> samples = peer.run(1, order);
      String text = Files.readString(answer, StandardCharsets.UTF_8);
      if (!text.contains("Success!")) {
        throw new IOException("WordPress was not installed: " + samples + " " + text);
      }
      page(Map.of(), Path.of("/dev/null")).order(answer, Map.of()).write(order);
      peer.run(PAGES, order);
    }
  }

  private Program page(Map<String, Path> copied, Path stdin) {
    return program(request("GET", "/", "", "/index.php"), copied, stdin);
  }

  private Program program(Map<String, String> request, Map<String, Path> copied, Path stdin) {
    return new Program(
        "php WordPress",
        Programs.PHP,
        Program.START,
        List.of("php-cgi"),
        request,
        Map.of("/site", site),
        copied,
        stdin);
  }

  private static Map<String, String> request(
      String method, String uri, String query, String script) {
    Map<String, String> cgi = new TreeMap<>();
    cgi.put("GATEWAY_INTERFACE", "CGI/1.1");
    cgi.put("SERVER_PROTOCOL", "HTTP/1.1");
    cgi.put("SERVER_SOFTWARE", "bench");
    cgi.put("SERVER_NAME", "localhost");
    cgi.put("SERVER_PORT", "8080");
    cgi.put("REQUEST_METHOD", method);
    cgi.put("REQUEST_URI", query.isEmpty() ? uri : uri + "?" + query);
    cgi.put("QUERY_STRING", query);
    cgi.put("DOCUMENT_ROOT", "/site");
    cgi.put("SCRIPT_NAME", script);
    cgi.put("SCRIPT_FILENAME", "/site" + script);
    cgi.put("HTTP_HOST", "localhost:8080");
    cgi.put("REMOTE_ADDR", "127.0.0.1");
    cgi.put("REDIRECT_STATUS", "200");
    cgi.put("TMPDIR", "/tmp");
    return cgi;
  }
}
