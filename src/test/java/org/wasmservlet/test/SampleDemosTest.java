package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Every demo of the sample, with the real PHP, Python and Ruby. */
class SampleDemosTest {
  private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]+)\">");

  @OnEveryContainer
  void theIndexLinksToDemosThatAllAnswer(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    RawResponse index = RawHttp.get(app.port(), "/sample/");
    assertThat(index.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
    assertThat(index.body()).doesNotContain("missing").contains("PSF License");
    assertThat(index.body()).doesNotContain("WordPress").contains("rel=\"icon\"");
    Matcher link = LINK.matcher(index.body());
    int links = 0;
    for (; link.find(); links++) {
      RawResponse demo = RawHttp.get(app.port(), link.group(1));
      assertThat(demo.status()).as(link.group(1)).isEqualTo(200);
      assertThat(demo.whole()).as(link.group(1)).isTrue();
      assertThat(demo.body()).as(link.group(1)).endsWith("</html>\n");
      assertThat(demo.body()).as(link.group(1)).contains("href=\"/sample/style.css\"");
    }
    assertThat(links).isEqualTo(11);
    assertThat(RawHttp.get(app.port(), "/sample/style.css").status()).isEqualTo(200);
    assertThat(RawHttp.get(app.port(), "/sample/favicon.ico").status()).isEqualTo(200);
    RawResponse icon = RawHttp.get(app.port(), "/sample/favicon.svg");
    assertThat(icon.header("Content-Type")).isEqualTo("image/svg+xml");
    for (String page : new String[] {"php/", "python/second-app", "ruby/"}) {
      assertThat(RawHttp.get(app.port(), "/sample/" + page).body())
          .contains("<link rel=\"icon\" href=\"/sample/favicon.svg\">");
    }
    assertThat(index.body()).contains("href=\"status\"");
    assertThat(RawHttp.get(app.port(), "/sample/status").body()).contains("php-cgi-8.2.0.wasm");
  }

  @OnEveryContainer
  void smallGuestsShowTheRequestEscaped(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    for (String guest : new String[] {"c", "rust"}) {
      RawResponse page =
          RawHttp.get(
              app.port(), "/sample/hello/" + guest + "/a%3Cb?x=1%262", "User-Agent: \"<me>\"");
      assertThat(page.body())
          .contains("/a&lt;b")
          .contains("x=1%262")
          .contains("&quot;&lt;me&gt;&quot;");
    }
  }

  @OnEveryContainer
  void phpServesAForm(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    RawResponse page =
        RawHttp.post(
            app.port(),
            "/sample/php/",
            "name=J%C3%BCrgen+%3Cb%3E".getBytes(UTF_8),
            "Content-Type: application/x-www-form-urlencoded");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("<h1>PHP 8.2.0</h1>")
        .contains("Hello, Jürgen &lt;b&gt;!")
        .contains("<td>/app/index.php</td>");
  }

  @OnEveryContainer
  void phpTakesAFileUpload(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    byte[] body =
        ("--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nabc\r\n--b0--\r\n")
            .getBytes(UTF_8);
    RawResponse page =
        RawHttp.post(
            app.port(), "/sample/php/", body, "Content-Type: multipart/form-data; boundary=b0");
    assertThat(page.body())
        .contains("<td>a.txt</td>")
        .contains("<td>3 bytes</td>")
        // SHA-256 of "abc", FIPS 180-4.
        .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @OnEveryContainer
  void phpKeepsASession(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    RawResponse first = RawHttp.get(app.port(), "/sample/php/");
    assertThat(first.body()).contains("seen this page 1 time in");
    String cookie = first.header("Set-Cookie").split(";")[0];
    assertThat(RawHttp.get(app.port(), "/sample/php/", "Cookie: " + cookie).body())
        .contains("seen this page 2 times in");
    assertThat(RawHttp.get(app.port(), "/sample/php/").body()).contains("seen this page 1 time in");
  }

  @OnEveryContainer
  void phpServesPathsAfterTheScriptAndFilesBesideIt(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    assertThat(RawHttp.get(app.port(), "/sample/php/index.php/a/path?after=x").body())
        .contains("<td>/a/path</td>")
        .contains("<td>/sample/php/index.php</td>");
    RawResponse badge = RawHttp.get(app.port(), "/sample/php/badge.svg");
    assertThat(badge.header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(badge.body()).startsWith("<svg");
  }

  @OnEveryContainer
  void pythonShowsTheWholeRequest(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    RawResponse page =
        RawHttp.post(
            app.port(),
            "/sample/python/http-request-viewer/some/path?a=1&a=2",
            "a body & more".getBytes(UTF_8),
            "Content-Type: text/plain",
            "X-Odd: <value>");
    assertThat(page.body())
        .contains("<td>POST</td>")
        .contains("<td>/sample/python/http-request-viewer/some/path</td>")
        .contains("<td>a=1&amp;a=2</td>")
        .contains("X-Odd</th><td>&lt;value&gt;</td>")
        .contains("a body &amp; more");
  }

  @OnEveryContainer
  void twoPythonApplicationsShareOneModule(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    assertThat(RawHttp.get(app.port(), "/sample/python/second-app?year=2024&month=2").body())
        .contains("<h1>February 2024</h1>")
        .contains("26 27 28 29");
    int before = ModuleCache.shared().size();
    TestServer server = container.server();
    server.deploy("/python-again", Path.of(System.getProperty("sample.war")), true);
    assertThat(ModuleCache.shared().size()).isEqualTo(before);
    server.undeploy("/python-again");
    assertThat(ModuleCache.shared().size()).isEqualTo(before);
  }

  @OnEveryContainer
  void rubyFillsATemplateFromAPostedForm(Container container) throws Exception {
    WebApp.Deployed app = Sample.on(container);
    RawResponse page =
        RawHttp.post(
            app.port(),
            "/sample/ruby/",
            "message=drei+mal+drei+%26+%C3%A4".getBytes(UTF_8),
            "Content-Type: application/x-www-form-urlencoded");
    assertThat(page.body()).contains("drei").contains("&amp;").contains("ä");
  }

  @OnEveryContainer
  void programsThatAreStartedOnceAnswerInMicrosecondsAndKeepNothing(Container container)
      throws Exception {
    WebApp.Deployed app = Sample.on(container);
    for (String language : new String[] {"python", "ruby", "php"}) {
      String path = "/sample/once/" + language + "/";
      for (int i = 0; i < 3; i++) {
        String page = RawHttp.get(app.port(), path + "?%7Bx%7D=%3C" + i).body();
        assertThat(page)
            .containsPattern("<strong id=\"micros\">\\d+</strong> microseconds")
            .contains("<td id=\"requests\">1</td>")
            .contains("<td>%7Bx%7D=%3C" + i + "</td>");
      }
      assertThat(new RouteBeans(app).texts("once-" + language, "Freeze")).containsOnly("frozen");
    }
    for (String language : new String[] {"c", "rust"}) {
      for (int i = 0; i < 3; i++) {
        String target = "/sample/once/" + language + "/?n=" + (299_000 + i);
        assertThat(RawHttp.get(app.port(), target).body())
            .containsPattern("<strong id=\"micros\">\\d+</strong> microseconds")
            .contains("There are <strong>25919</strong> prime numbers up to " + (299_000 + i));
      }
      assertThat(new RouteBeans(app).texts("once-" + language, "Freeze")).containsOnly("frozen");
    }
  }

  @Test
  void withoutRuntimesTheSmallDemosWorkAndTheIndexSaysWhatIsMissing() throws Exception {
    TestServer server = Container.TOMCAT_11.server();
    server.deploy("/bare", Sample.withoutRuntimes(), true);
    try {
      assertThat(status(server, "/bare/hello/c")).isEqualTo(200);
      assertThat(status(server, "/bare/hello/rust")).isEqualTo(200);
      assertThat(RawHttp.get(server.port(), "/bare/").body())
          .contains("Missing: php-cgi-8.2.0.wasm")
          .contains("Missing: python-3.11.3.wasm")
          .contains("Missing: ruby-3.2.0.wasm")
          .contains("npm was &lt;not&gt; found.");
    } finally {
      server.undeploy("/bare");
    }
  }

  @OnEveryContainer
  void theIndexLinksToAWordPressBesideIt(Container container) throws Exception {
    TestServer server = container.server();
    server.deploy("/with-wordpress", Sample.withoutRuntimes(), true);
    System.setProperty("sample.wordpress", "/a&b");
    try {
      assertThat(RawHttp.get(server.port(), "/with-wordpress/").body())
          .contains("<a href=\"/a&amp;b/\">WordPress 6.5</a>");
    } finally {
      System.clearProperty("sample.wordpress");
      server.undeploy("/with-wordpress");
    }
  }

  private static int status(TestServer server, String target) throws IOException {
    return RawHttp.get(server.port(), target).status();
  }
}
