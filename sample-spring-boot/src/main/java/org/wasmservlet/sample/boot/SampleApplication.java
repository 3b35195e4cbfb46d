package org.wasmservlet.sample.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;

/**
 * Serves the programs that application.yaml names: there is no code for them. It is started by its
 * main method, or by a servlet container that the WAR is deployed to.
 */
@SpringBootApplication
public class SampleApplication extends SpringBootServletInitializer {
  /** Made by Spring Boot, or by the container. */
  public SampleApplication() {}

  /**
   * Starts the application.
   *
   * @param args properties, such as {@code --server.port=9090}
   */
  public static void main(String[] args) {
    SpringApplication.run(SampleApplication.class, args);
  }
}
