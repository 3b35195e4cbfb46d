package org.wasmservlet.boot.actuate;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.WebApplicationContext;
import org.wasmservlet.boot.WasmAutoConfiguration;

/** Shows the status of programs as an endpoint. Made by Spring Boot. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnAvailableEndpoint(WasmEndpoint.class)
public final class WasmEndpointAutoConfiguration {
  /** Made by Spring Boot. */
  public WasmEndpointAutoConfiguration() {}

  @Bean
  WasmEndpoint wasmEndpoint(WebApplicationContext application) {
    return new WasmEndpoint(application::getServletContext);
  }
}
