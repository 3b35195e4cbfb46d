package org.wasmservlet.sample.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the executable jar as {@code java -jar} does. */
class SampleJarTest {
  private static final Path JAR = Path.of(System.getProperty("application"));

  @TempDir private Path folder;

  @Test
  void servesItsProgramsAndTellsOfThem() throws Exception {
    try (RunningJar sample = new RunningJar(JAR, folder)) {
      assertThat(sample.hasStarted()).describedAs(sample.log()).isTrue();
      assertThat(sample.log()).contains("compiled in", "is warmed up by 20 requests for /rust");
      assertThat(sample.get("/").body()).contains("wasm-servlet in Spring Boot");
      assertThat(sample.get("/hello/from/C?a=1").body())
          .contains("<h1>Hello from C</h1>", "<td>/from/C</td>", "<td>a=1</td>");
      assertThat(sample.get("/rust").body()).contains("<h1>Hello from Rust</h1>");

      assertThat(sample.get("/actuator/health").body())
          .contains("\"/hello/*\":\"ready\"")
          .doesNotContain("\"status\":\"DOWN\"");
      assertThat(sample.get("/actuator/info").body())
          .contains("\"patterns\":[\"/rust/*\"]", "\"module\":\"hello-rust.wasm\"");
      assertThat(sample.get("/actuator/metrics/wasm.requests?tag=route:/rust/*").body())
          .contains("\"value\":21.0");
      assertStatus(sample);
    }
    assertThat(filesBelow("tmp")).isEmpty();

    try (RunningJar again = new RunningJar(JAR, folder)) {
      assertThat(again.log()).contains("loaded from a prepared module").doesNotContain("compiled");
      assertThat(again.get("/hello").statusCode()).isEqualTo(200);
    }
    assertThat(filesBelow("tmp")).isEmpty();
    Path cache = folder.resolve("cache/wasm-servlet/sample-spring-boot");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
  }

  private static void assertStatus(RunningJar sample) throws Exception {
    HttpResponse<String> json = sample.get("/actuator/wasm");
    assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json.body()).startsWith("{\"host\":").contains("\"name\":\"/hello/*\"");
    HttpResponse<String> page = sample.get("/actuator/wasm?refresh=10", "Accept", "text/html");
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body())
        .startsWith("<!DOCTYPE html>")
        .contains("<code>/hello/*</code>", "http-equiv=\"refresh\" content=\"10\"");
    assertThat(sample.get("/actuator/wasm?format=json", "Accept", "text/html").body())
        .isNotEmpty()
        .startsWith("{\"host\":");
    assertThat(sample.get("/actuator/wasm?format=xml").statusCode()).isEqualTo(400);
  }

  @Test
  void saysWhichPropertyCannotBeUsedAndWhereItIs() throws Exception {
    Files.writeString(
        folder.resolve("application.yaml"),
        """
        wasm:
          routes:
            "[/hello/*]":
              map-dir:
                - /none /nowhere ro
        """);
    RunningJar broken = new RunningJar(JAR, folder);
    broken.close();
    assertThat(broken.hasStarted()).isFalse();
    assertThat(broken.log())
        .contains(
            "APPLICATION FAILED TO START",
            "    Property: wasm.routes[/hello/*].map-dir[0]",
            "    Value: \"/none /nowhere ro\"",
            "application.yaml] - 5:11",
            "    Reason: /nowhere does not exist");
  }

  private List<Path> filesBelow(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
