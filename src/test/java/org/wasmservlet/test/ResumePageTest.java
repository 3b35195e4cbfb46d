package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;

/** The servlets of docs/resume.md, as they are written there. */
class ResumePageTest {
  private static final Container CONTAINER = Container.TOMCAT_11;

  @Test
  void eachIsFrozenAndAnswers() throws Exception {
    DocumentedCode page = DocumentedCode.of("resume.md");
    DocumentedCode applications = DocumentedCode.of("applications.md");
    for (String interpreter : new String[] {"python-3.11.3", "ruby-3.2.0", "php-cgi-8.2.0"}) {
      Sample.loadedToFreeze(interpreter + ".wasm");
    }
    WebApp webApp =
        new WebApp()
            .file("WEB-INF/shop/hello.py", applications.block("python", 0))
            .file("WEB-INF/blog/config.ru", applications.block("ruby", 0))
            .file("WEB-INF/php/index.php", "Hello, <?= $_SERVER['PATH_INFO'] ?>");
    for (int servlet : new int[] {0, 1, 2, 4}) {
      webApp.descriptor(withModules(page.block("xml", servlet)));
    }
    try (WebApp.Deployed app = webApp.deploy(CONTAINER.server())) {
      RouteBeans beans = new RouteBeans(app);
      for (String name : new String[] {"shop", "blog", "pages", "primes"}) {
        assertThat(beans.text(name, "Freeze")).as(name).isEqualTo("frozen");
      }
      assertThat(new ApplicationClient(app, "/shop").text("/world")).isEqualTo("Hello, /world");
      assertThat(new ApplicationClient(app, "/blog").text("/world")).isEqualTo("Hello, /world");
      assertThat(new ApplicationClient(app, "/pages").text("/index.php/world"))
          .isEqualTo("Hello, /world");
      assertThat(new ApplicationClient(app, "/primes").text("/?n=10"))
          .contains("There are <strong>4</strong> prime numbers up to 10.");
    }
  }

  @Test
  void aFrontScriptHasLoadedWhatItNeeds() throws Exception {
    DocumentedCode page = DocumentedCode.of("resume.md");
    Matcher arguments =
        Pattern.compile("(?s)<init-param>\\s*<param-name>WasmArg<.*?</init-param>")
            .matcher(page.block("xml", 2));
    Sample.loadedToFreeze("php-cgi-8.2.0.wasm");
    WebApp webApp =
        new WebApp()
            .file("WEB-INF/php/front.php", page.block("php", 0))
            .file(
                "WEB-INF/php/vendor/autoload.php",
                "<?php define('LOADED', random_int(0, PHP_INT_MAX));")
            .file(
                "WEB-INF/php/routes.php",
                "<?php return new class { function answer($uri) { echo LOADED, ' ', $uri; } };")
            .descriptor(
                withModules(
                    arguments.replaceFirst(Matcher.quoteReplacement(page.block("xml", 3)))));
    try (WebApp.Deployed app = webApp.deploy(CONTAINER.server())) {
      ApplicationClient client = new ApplicationClient(app, "/pages");
      client.text("/first");
      RouteBeans beans = new RouteBeans(app);
      Polling.await(
          Duration.ofMinutes(2),
          "the script is frozen",
          () -> beans.text("pages", "FreezeReason").contains("/app/front.php: it was frozen"));
      String loaded = client.text("/second").split(" ")[0];
      assertThat(client.text("/third?x"))
          .isEqualTo(loaded + " " + app.contextPath() + "/pages/third?x");
    }
  }

  private static String withModules(String xml) {
    Path modules = Sample.module("php-cgi-8.2.0.wasm").getParent();
    assertThat(modules.resolve("primes-c.wasm")).matches(Files::isRegularFile);
    return xml.replace("WEB-INF/wasm", modules.toString());
  }
}
