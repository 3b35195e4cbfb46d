package org.wasmservlet.boot.actuate;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.WebApplicationContext;
import org.wasmservlet.boot.WasmAutoConfiguration;

/** Tells of programs in health, for Spring Boot 4. Made by Spring Boot. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnEnabledHealthIndicator("wasm")
public final class WasmHealthAutoConfiguration {
  /** Made by Spring Boot. */
  public WasmHealthAutoConfiguration() {}

  @Bean
  HealthIndicator wasmHealthIndicator(WebApplicationContext application) {
    Routes routes = new Routes(application::getServletContext);
    return () -> {
      RouteHealth health = routes.health();
      return Health.status(health.status()).withDetails(health.details()).build();
    };
  }
}
