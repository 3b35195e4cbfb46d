package org.wasmservlet.deploy;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.wasmservlet.WasmServlet;

/**
 * Registers a {@link WasmServlet} for every {@code <Location>} block of a web application's
 * configuration file, if it has one. The container calls it when the web application is deployed.
 */
public final class WasmInitializer implements ServletContainerInitializer {
  /** Made by the container. */
  public WasmInitializer() {}

  /**
   * Registers the servlets.
   *
   * @param classes nothing
   * @param context of the web application
   * @throws ServletException if the file cannot be used, which fails the deployment; the message
   *     names the file, the line and the directive
   */
  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
    ConfigurationFile.of(context).registerIfPresent(WasmServlet.class);
  }
}
