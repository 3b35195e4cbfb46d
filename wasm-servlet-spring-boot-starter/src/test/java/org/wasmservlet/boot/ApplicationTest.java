package org.wasmservlet.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.wasmservlet.boot.TestApplication.Server;

/** Applications that are started, on both of Spring Boot's containers for servlets. */
class ApplicationTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private String common;

  @BeforeEach
  void writeWhatAllHave() throws IOException {
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.writeString(site.resolve("page.cgi"), "a program");
    Files.writeString(site.resolve("file.txt"), "a file");
    common =
        """
        wasm:
          cache-dir: %s
          defaults:
            module: classpath:programs/cgi-probe.wasm
            enable-cgi: on
        management.endpoints.web.exposure.include: "*"
        management.endpoint.health.show-details: always
        """
            .formatted(folder.resolve("cache"));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void servesServletsAndFiltersBesideTheApplicationsOwnPages(Server server) throws Exception {
    String routes =
        """
        wasm.routes:
          "[/probe/*]":
            env: WHO "it is"
          two:
            url-patterns: ["/one", "*.probe"]
            env: WHO two
            preload: background
          "[/*]":
            filter: on
            document-root: file:%1$s
            map-dir: /site file:%1$s ro
            map-cgi-file-names: on
            handler: .cgi
        """
            .formatted(folder.resolve("site"));
    try (TestApplication app = TestApplication.start(server, folder, common + routes)) {
      assertThat(get(app, "/probe/a/b?env").body()).contains("WHO=it is", "PATH_INFO=/a/b");
      assertThat(get(app, "/one?env").body()).contains("WHO=two");
      assertThat(get(app, "/any.probe?env").body()).contains("WHO=two");
      assertThat(get(app, "/own/page").body()).isEqualTo("the application's own page");
      assertThat(get(app, "/page.cgi/x?env").body())
          .contains("SCRIPT_FILENAME=/site/page.cgi", "PATH_INFO=/x");
      assertThat(get(app, "/file.txt").body()).isEqualTo("a file");
      assertThat(get(app, "/nothing").statusCode()).isEqualTo(404);
      assertThat(post(app, "/probe?echo", "a=1&b=2").body()).isEqualTo("a=1&b=2");
      assertThat(get(app, "/actuator/health").body()).contains("\"/probe/*\":\"ready\"");
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void doesNotStartWithoutOneOfItsRoutes(Server server) {
    String routes =
        """
        wasm.routes:
          "[/good/*]":
            env: A 1
          "[/missing/*]":
            module: file:none.wasm
          "[/early/*]":
            filter: on
            map-dir:
              - /a %s
              - /b /none ro
            document-root: file:%s
            handler: .cgi
          "[/mapped/*]":
            map-dir: /data classpath:programs
        """
            .formatted(folder.resolve("site"), folder.resolve("site"));
    assertThat(report(server, common + routes))
        .contains(
            "Property: wasm.routes[/missing/*].module",
            "Value: \"file:none.wasm\"",
            "none.wasm: no such file",
            "Property: wasm.routes[/early/*].map-dir[1]",
            "Value: \"/b /none ro\"",
            "/none does not exist",
            "Property: wasm.routes[/mapped/*].map-dir",
            "belongs to the application's archive")
        .doesNotContain("/good/")
        .containsPattern("Origin: .*application.yaml] - 12:13")
        .containsPattern("Origin: .*application.yaml] - 17:9");
  }

  @Test
  void doesNotStartWhereAServletIsInTheWay() {
    String routes =
        """
        wasm.routes:
          "[/x/*]":
            env: A 1
          other:
            url-patterns: ["/y", "/x/*"]
        """;
    assertThat(report(Server.TOMCAT, common + routes))
        .contains(
            "Property: wasm.routes[other]",
            "there is another servlet for one of /y, /x/*",
            "yaml] - 12:");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void readsAFileOfLocations(Server server) throws Exception {
    try (TestApplication app =
        TestApplication.start(server, folder, common + "wasm.config: classpath:good.conf\n")) {
      assertThat(get(app, "/conf/x?env").body()).contains("PATH_INFO=/x", "WHO=the file");
    }
    assertThat(report(server, common + "wasm.config: classpath:broken.conf\n"))
        .contains(
            "Property: wasm.config",
            "Value: \"classpath:broken.conf\"",
            "Reason: classpath:broken.conf:3: WasmModul 'x.wasm': no such parameter;"
                + " did you mean WasmModule?");
    assertThat(report(server, common + "wasm.config: classpath:missing.conf\n"))
        .contains("servlet '/conf': WasmModule 'classpath:none.wasm': no such file");
  }

  /** What Spring Boot would print. */
  private String report(Server server, String yaml) {
    Throwable failure = catchThrowable(() -> TestApplication.start(server, folder, yaml).close());
    assertThat(failure).isNotNull();
    FailureAnalysis analysis =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, FailureHandler.logging(LogFactory.getLog(getClass())))
            .stream()
            .map(analyzer -> analyzer.analyze(failure))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(() -> new AssertionError("not explained", failure));
    return analysis.getDescription();
  }

  private HttpResponse<String> get(TestApplication app, String path) throws Exception {
    return client.send(request(app, path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(TestApplication app, String path, String form)
      throws Exception {
    HttpRequest request =
        request(app, path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(TestApplication app, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path));
  }
}
