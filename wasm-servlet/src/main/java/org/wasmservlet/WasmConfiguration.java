package org.wasmservlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.wasmservlet.deploy.ConfigurationFile;

/**
 * Makes servlets of the {@code <Location>} blocks of a configuration file. Containers do that by
 * themselves when they deploy a web application; it is to be called where there is no container
 * that would, as in Spring Boot's embedded ones:
 *
 * <pre>{@code
 * @Bean
 * ServletContextInitializer wasm() {
 *   return WasmConfiguration::register;
 * }
 * }</pre>
 *
 * <p>A file that has been read for a web application is not read again. To be called while the web
 * application starts, from one thread.
 */
public final class WasmConfiguration {
  private WasmConfiguration() {}

  /**
   * Registers a {@link WasmServlet} for every block of the file that the context-param {@code
   * wasmConfig} names, or of WEB-INF/wasm.conf where there is none.
   *
   * @param context of the web application
   * @throws ServletException if there is no such file or it cannot be used; the message names the
   *     file, the line and the directive
   */
  public static void register(ServletContext context) throws ServletException {
    ConfigurationFile.of(context).register(WasmServlet.class);
  }

  /**
   * Registers a {@link WasmServlet} for every block of a file.
   *
   * @param context of the web application
   * @param file its path from the web application's root, or {@code classpath:} and its name on the
   *     class path, for example {@code classpath:wasm.conf}
   * @throws ServletException if there is no such file or it cannot be used; the message names the
   *     file, the line and the directive
   */
  public static void register(ServletContext context, String file) throws ServletException {
    ConfigurationFile.of(context, file).register(WasmServlet.class);
  }
}
