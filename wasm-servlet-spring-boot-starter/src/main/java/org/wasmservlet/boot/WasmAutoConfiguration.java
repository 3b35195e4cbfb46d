package org.wasmservlet.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.wasmservlet.boot.properties.WasmProperties;
import org.wasmservlet.boot.route.RouteRegistrar;

/** Serves the programs that an application's properties name. Made by Spring Boot. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(WasmProperties.class)
@Import(RouteRegistrar.class)
public final class WasmAutoConfiguration {
  /** Made by Spring Boot. */
  public WasmAutoConfiguration() {}
}
