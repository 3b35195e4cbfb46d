package org.wasmservlet.boot.route;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.wasmservlet.WasmServlet;
import org.wasmservlet.boot.properties.PropertiesReader;
import org.wasmservlet.boot.properties.UnusablePropertyException;
import org.wasmservlet.deploy.ConfigurationFile;

/** What is to be done for a web application as a whole: its context-params and its wasm.conf. */
final class ApplicationSetup implements ServletContextInitializer {
  private final PropertiesReader reader;
  private final Map<String, String> contextParams;

  /**
   * Makes the setup.
   *
   * @param reader of the application's properties
   * @param cacheFolder where none is written
   */
  ApplicationSetup(PropertiesReader reader, Path cacheFolder) {
    this.reader = reader;
    this.contextParams = reader.contextParams(cacheFolder);
  }

  @Override
  public void onStartup(ServletContext context) {
    contextParams.forEach((name, value) -> setParam(context, name, value));
    String config = reader.properties().getConfig();
    try {
      if (config == null) {
        ConfigurationFile.of(context).registerIfPresent(RouteServlet.class);
      } else {
        ConfigurationFile.of(context, config).register(RouteServlet.class);
      }
    } catch (ServletException e) {
      throw new UnusablePropertyException(List.of(reader.fault("wasm.config", e.getMessage())));
    }
  }

  /** One that is there already counts, unless a property says otherwise. */
  private void setParam(ServletContext context, String name, String value) {
    if (!context.setInitParameter(name, value)
        && reader.properties().getCacheDir() != null
        && name.equals(WasmServlet.CACHE_DIR)) {
      throw new UnusablePropertyException(
          List.of(
              reader.fault(
                  "wasm.cache-dir",
                  "there is a context-param " + name + " as well: leave one of them out")));
    }
  }
}
