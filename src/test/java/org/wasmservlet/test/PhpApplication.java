package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** An application in PHP, with a front script that loads a word once. */
final class PhpApplication {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String FRONT =
      """
      <?php
      require_once '/wasm-servlet/php/request.php';
      $word = require __DIR__ . '/word.php';
      $loaded = random_int(0, PHP_INT_MAX);
      WasmServlet\\request();
      echo "$word $loaded ", $_GET['q'] ?? '';
      """;

  private PhpApplication() {}

  /** Writes its scripts. It answers the word, a number that each state has of its own, and q. */
  static void write(Path application, String word) throws IOException {
    Path front = application.resolve("front.php");
    if (!Files.exists(front)) {
      Files.writeString(front, FRONT);
    }
    Files.writeString(application.resolve("word.php"), "<?php return '" + word + "';");
  }

  /** A directory that its scripts may write to, /told. */
  static Path told(Path application) throws IOException {
    return Files.createDirectories(application.resolveSibling(application.getFileName() + "-told"));
  }

  /**
   * The web application of one.
   *
   * @param application the directory of its scripts
   * @param disabled arguments that disable functions
   * @param line of WasmApplication
   * @param more init-params
   */
  static WebApp of(Path application, String disabled, String line, String... more)
      throws IOException {
    List<String> params =
        new ArrayList<>(
            List.of(
                "WasmModule",
                Sample.loadedToFreeze("php-cgi-8.2.0.wasm").toString(),
                "WasmEnableCGI",
                "On",
                "WasmGateway",
                "fastcgi",
                "WasmArg",
                disabled + "-b\n9000",
                "WasmFreeze",
                "accept",
                "WasmApplication",
                line,
                "WasmMapCGIFileNames",
                "On",
                "WasmDocumentRoot",
                application.toString(),
                "WasmDirectoryIndex",
                line.startsWith("wordpress") ? "index.php" : "front.php",
                "WasmMapDir",
                "/srv \"" + application + "\" ro\n/told \"" + told(application) + "\"\n/tmp tmp:",
                "WasmTimeout",
                "2m"));
    params.addAll(List.of(more));
    return new WebApp().servlet("php", "/*", params.toArray(String[]::new));
  }

  /**
   * Waits for two answers of one state.
   *
   * @return what it is told by
   */
  static String awaitLoadedOnce(WebApp.Deployed app, String word) throws Exception {
    String[] one = new String[1];
    Polling.await(
        PATIENCE,
        word + " is loaded once",
        () -> {
          one[0] = get(app, "?q=1");
          return one[0].startsWith(word) && get(app, "?q=2").equals(one[0].replaceFirst("1$", "2"));
        });
    return one[0];
  }

  static String get(WebApp.Deployed app, String query) throws IOException {
    RawResponse response = RawHttp.get(app.port(), app.contextPath() + "/" + query);
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return response.body();
  }
}
