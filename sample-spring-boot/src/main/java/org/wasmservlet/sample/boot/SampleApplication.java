package org.wasmservlet.sample.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves the programs that application.yaml names: there is no code for them. */
@SpringBootApplication
public class SampleApplication {
  /** Made by Spring Boot. */
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
