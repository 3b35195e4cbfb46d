package org.wasmservlet.boot.actuate;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.WebApplicationContext;
import org.wasmservlet.boot.WasmAutoConfiguration;

/** Tells of programs in health, for Spring Boot 3. Made by Spring Boot. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnEnabledHealthIndicator("wasm")
public final class WasmBoot3HealthAutoConfiguration {
  /** Made by Spring Boot. */
  public WasmBoot3HealthAutoConfiguration() {}

  @Bean
  HealthIndicator wasmHealthIndicator(WebApplicationContext application) {
    Routes routes = new Routes(application::getServletContext);
    return () -> {
      RouteHealth health = routes.health();
      return Health.status(health.status()).withDetails(health.details()).build();
    };
  }
}
