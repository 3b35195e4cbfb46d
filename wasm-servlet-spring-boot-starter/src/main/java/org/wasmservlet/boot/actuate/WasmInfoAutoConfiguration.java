package org.wasmservlet.boot.actuate;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.WebApplicationContext;
import org.wasmservlet.boot.WasmAutoConfiguration;

/** Tells of programs in info. Made by Spring Boot. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledInfoContributor.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnEnabledInfoContributor("wasm")
public final class WasmInfoAutoConfiguration {
  /** Made by Spring Boot. */
  public WasmInfoAutoConfiguration() {}

  @Bean
  WasmInfoContributor wasmInfoContributor(WebApplicationContext application) {
    return new WasmInfoContributor(new Routes(application::getServletContext));
  }
}
