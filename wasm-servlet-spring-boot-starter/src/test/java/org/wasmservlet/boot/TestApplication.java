package org.wasmservlet.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application as somebody would write it, with a page of its own. */
final class TestApplication implements AutoCloseable {
  private final ServletWebServerApplicationContext application;

  private TestApplication(ServletWebServerApplicationContext application) {
    this.application = application;
  }

  /** Which container it has. */
  enum Server {
    TOMCAT,
    JETTY
  }

  static TestApplication start(Server server, Path folder, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("application.yaml"), yaml);
    List<Class<?>> sources = new ArrayList<>(List.of(Pages.class));
    if (server == Server.JETTY) {
      sources.add(Jetty.class);
    }
    return new TestApplication(
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .run(
                    "--spring.config.location=" + file,
                    "--spring.main.banner-mode=off",
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--spring.jmx.enabled=false"));
  }

  int port() {
    return application.getWebServer().getPort();
  }

  @Override
  public void close() {
    application.close();
  }

  /** The application's own. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Pages {
    @GetMapping("/own/page")
    String page() {
      return "the application's own page";
    }
  }

  /** In the place of Tomcat, which is on the class path as well. */
  @Configuration(proxyBeanMethods = false)
  static class Jetty {
    @Bean
    JettyServletWebServerFactory server() {
      return new JettyServletWebServerFactory();
    }
  }
}
