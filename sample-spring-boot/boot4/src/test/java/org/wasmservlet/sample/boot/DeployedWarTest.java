package org.wasmservlet.sample.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAR in a Tomcat that is not its own. */
class DeployedWarTest {
  private final Tomcat tomcat = new Tomcat();

  @TempDir private Path folder;

  @AfterEach
  void stopTomcat() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void servesItsProgramsAndTellsOfThem() throws Exception {
    deploy("wasm.defaults.timeout", "20s");
    assertThat(get("/hello/from/C")).contains("<h1>Hello from C</h1>", "<td>/from/C</td>");
    assertThat(get("/conf/a")).contains("<h1>Hello from C</h1>");
    assertThat(get("/index.html")).contains("wasm-servlet in Spring Boot");
    assertThat(get("/actuator/health"))
        .contains("\"/hello/*\":\"ready\"", "\"/conf\":\"ready\"")
        .doesNotContain("DOWN");
    assertThat(get("/actuator/wasm")).contains("\"context\":\"/app\"");
  }

  @Test
  void isNotDeployedWithAPropertyThatCannotBeUsed() throws Exception {
    assertThatThrownBy(() -> deploy("wasm.routes[/hello/*].modul", "x"))
        .rootCause()
        .hasMessageContaining("wasm.routes[/hello/*].modul 'x'")
        .hasMessageContaining("no such property; did you mean module?");
  }

  /** Spring Boot takes context-params for properties. */
  private void deploy(String property, String value) throws Exception {
    Files.createDirectories(folder.resolve("webapps"));
    tomcat.setBaseDir(folder.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    tomcat.getEngine().setParentClassLoader(new ContainerClasses());
    tomcat.setAddDefaultWebXmlToWebapp(false);
    Context context = tomcat.addWebapp("/app", System.getProperty("application"));
    context.addParameter(property, value);
    // Spring Boot's jars have neither tag libraries nor fragments of a web.xml.
    StandardJarScanFilter scanned =
        (StandardJarScanFilter) context.getJarScanner().getJarScanFilter();
    scanned.setTldSkip("*");
    scanned.setPluggabilitySkip("*");
    tomcat.start();
  }

  private String get(String path) throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/app" + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
