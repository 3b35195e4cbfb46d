package org.wasmservlet.boot.properties;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** What Spring Boot makes of an application.yaml. */
final class Yaml {
  private Yaml() {}

  static ConfigurableEnvironment environment(String text) throws IOException {
    ConfigurableEnvironment environment = new StandardEnvironment();
    ByteArrayResource resource =
        new ByteArrayResource(text.getBytes(UTF_8)) {
          @Override
          public String getDescription() {
            return "application.yaml";
          }
        };
    new YamlPropertySourceLoader()
        .load("application.yaml", resource)
        .forEach(environment.getPropertySources()::addLast);
    ConfigurationPropertySources.attach(environment);
    return environment;
  }

  static PropertiesReader reader(String text) throws IOException {
    return new PropertiesReader(environment(text));
  }
}
