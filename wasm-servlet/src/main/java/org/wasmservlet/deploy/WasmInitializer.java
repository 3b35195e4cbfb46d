package org.wasmservlet.deploy;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import org.wasmservlet.WasmServlet;
import org.wasmservlet.apache.ConfigException;
import org.wasmservlet.apache.LocationBlock;
import org.wasmservlet.apache.WasmConf;

/**
 * Registers a {@link WasmServlet} for every {@code <Location>} block of the file that the
 * context-param {@value #CONFIG} names, or of {@value #DEFAULT_FILE} if that exists. The container
 * calls it when a web application is deployed.
 */
public final class WasmInitializer implements ServletContainerInitializer {
  /** Context-param: the configuration file, a path from the web application's root. */
  public static final String CONFIG = "wasmConfig";

  private static final String DEFAULT_FILE = "WEB-INF/wasm.conf";
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

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
    try {
      for (LocationBlock block : blocks(context)) {
        register(block, context);
      }
    } catch (ConfigException e) {
      // Not every container logs what an initializer throws.
      LOGGER.log(Level.ERROR, e.getMessage());
      throw new ServletException(e.getMessage());
    }
  }

  private static List<LocationBlock> blocks(ServletContext context) throws ConfigException {
    ContextSource source = new ContextSource(context);
    String file = context.getInitParameter(CONFIG);
    try {
      if (file == null && !source.has(DEFAULT_FILE)) {
        return List.of();
      }
    } catch (IOException e) {
      throw new ConfigException(DEFAULT_FILE, e.toString());
    }
    return WasmConf.read(file == null ? DEFAULT_FILE : file.strip(), source);
  }

  private static void register(LocationBlock block, ServletContext context) throws ConfigException {
    String name = block.path().isEmpty() ? "/" : block.path();
    ServletRegistration.Dynamic servlet = context.addServlet(name, WasmServlet.class);
    if (servlet == null) {
      throw new ConfigException(
          block.position(), "<Location>: web.xml has a servlet of the name " + name);
    }
    servlet.setInitParameters(block.initParams());
    servlet.setLoadOnStartup(1);
    servlet.setAsyncSupported(true);
    if (!servlet.addMapping(block.path() + "/*").isEmpty()) {
      throw new ConfigException(
          block.position(), "<Location>: web.xml has a servlet for " + block.path() + "/*");
    }
  }
}
