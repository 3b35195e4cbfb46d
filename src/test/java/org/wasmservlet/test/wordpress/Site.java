package org.wasmservlet.test.wordpress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;

/** A WordPress of a test's own, as the sample's build assembles it, and the sample's web.xml. */
final class Site {
  private static final Path SAMPLE = Path.of("../../sample-webapp").toAbsolutePath().normalize();
  private static final Path PACKAGE = SAMPLE.resolve("target/wordpress");
  private static final Path WEB_INF = SAMPLE.resolve("wordpress/webapp/WEB-INF");

  /** What is ample for a person may be short for a machine that runs other builds. */
  private static final String TIMEOUT = "10m";

  /** The same, for a client. */
  static final int PATIENCE_MILLIS = 10 * 60 * 1000;

  private final Path directory;

  private Site(Path directory) {
    this.directory = directory;
  }

  static Site assemble() throws IOException, InterruptedException {
    requirePackage();
    Path directory = Scratch.directory("wordpress").resolve("site");
    Process assembler =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                SAMPLE.resolve("wordpress/AssembleWordPress.java").toString(),
                PACKAGE.toString(),
                directory.toString(),
                SAMPLE.resolve("wordpress/wp-config.php").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(assembler.getInputStream().readAllBytes(), UTF_8);
    assertThat(assembler.waitFor()).as(said).isZero();
    return new Site(directory);
  }

  /** Without npm these tests cannot be; where a whole run is asked for, that is a failure. */
  private static void requirePackage() {
    boolean present = Files.exists(PACKAGE.resolve("unpacked"));
    if (!present) {
      String message = "NO WORDPRESS: the build has not fetched it; sample-webapp says why";
      System.out.println("[WARNING] " + message);
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
    }
    assumeThat(present).as("WordPress was fetched").isTrue();
  }

  Path directory() {
    return directory;
  }

  /** The module, which is loaded once for all tests. */
  Path php() throws IOException {
    return Sample.loadedToFreeze("php-cgi-8.2.0.wasm");
  }

  /** The directory of the sample's php.ini. */
  static Path phpIni() {
    return WEB_INF.resolve("php");
  }

  Path lockFile() {
    return directory.resolveSibling("site.lock");
  }

  /**
   * The web application of the sample.
   *
   * @param more what else web.xml shall have, before the filter of the sample
   */
  WebApp webApp(String more) throws IOException {
    String webXml = Files.readString(WEB_INF.resolve("web.xml"));
    assertThat(webXml).contains(">2m<").contains(">1m<").contains(" 4 /");
    return new WebApp()
        .file("WEB-INF/php/php.ini", Files.readString(phpIni().resolve("php.ini")))
        .file(
            "WEB-INF/web.xml",
            webXml
                .replace("${wordpress.site}", directory.toString())
                .replace("${wordpress.php}", php().toString())
                .replace(">2m<", ">" + TIMEOUT + "<")
                .replace(">1m<", ">" + TIMEOUT + "<")
                // As many requests as a test needs.
                .replace(" 4 /", " 1 /")
                .replace("<filter>", more + "<filter>"));
  }
}
