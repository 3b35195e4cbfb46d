package org.wasmservlet.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Tomcat that serves the sample, on the class path that it has there. */
class ServeSampleTest {
  @TempDir private Path folder;
  private Tomcat tomcat;

  @BeforeEach
  void start() throws IOException, LifecycleException {
    Path webapp = folder.resolve("webapp");
    Files.createDirectories(webapp.resolve("sub"));
    Files.writeString(webapp.resolve("sub/index.html"), "a page");
    Path web = Files.createDirectories(webapp.resolve("WEB-INF")).resolve("web.xml");
    Files.writeString(
        web,
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <servlet>
            <servlet-name>redirect</servlet-name>
            <servlet-class>org.wasmservlet.sample.RedirectServlet</servlet-class>
          </servlet>
          <servlet-mapping>
            <servlet-name>redirect</servlet-name>
            <url-pattern>/redirect</url-pattern>
          </servlet-mapping>
        </web-app>
        """);
    tomcat = ServeSample.prepare(webapp, folder.resolve("work"), 0, "/beside=" + webapp);
    tomcat.start();
  }

  @AfterEach
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void hasTheServletApiOfItsTomcat() {
    assertThat(Servlet.class.getProtectionDomain().getCodeSource().getLocation())
        .isEqualTo(Tomcat.class.getProtectionDomain().getCodeSource().getLocation());
  }

  @Test
  void tellsTheIndexOfWordPress() {
    Context sample = (Context) tomcat.getHost().findChild("");
    assertThat(sample.findParameter(IndexServlet.WORDPRESS)).isEqualTo("/beside");
  }

  @Test
  void redirects() throws Exception {
    assertRedirect("/sub", "/sub/");
    assertRedirect("/beside", "/beside/");
    assertRedirect("/beside/sub?x=1", "/beside/sub/?x=1");
    assertRedirect("/redirect", "/sub/");
    assertRedirect("/beside/redirect", "/sub/");
  }

  private void assertRedirect(String from, String to) throws Exception {
    URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + from);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(from).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).as(from).hasValue(to);
  }
}
