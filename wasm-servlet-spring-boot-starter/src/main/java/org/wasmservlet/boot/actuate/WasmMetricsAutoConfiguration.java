package org.wasmservlet.boot.actuate;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.WebApplicationContext;
import org.wasmservlet.boot.WasmAutoConfiguration;
import org.wasmservlet.metrics.WasmMeters;

/** Shows programs to Micrometer. Made by Spring Boot. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class WasmMetricsAutoConfiguration {
  /** Made by Spring Boot. */
  public WasmMetricsAutoConfiguration() {}

  @Bean
  MeterBinder wasmMeters(WebApplicationContext application) {
    return registry -> WasmMeters.of(application.getServletContext()).bindTo(registry);
  }
}
