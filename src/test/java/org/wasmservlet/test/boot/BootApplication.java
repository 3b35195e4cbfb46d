package org.wasmservlet.test.boot;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.Closeable;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.wasmservlet.WasmConfiguration;
import org.wasmservlet.WasmServlet;

/** An application of Spring Boot as somebody would write it, on its embedded Tomcat. */
public final class BootApplication implements IntSupplier, Closeable {
  private final ServletWebServerApplicationContext application =
      new ServletWebServerApplicationContext();

  /**
   * Starts it. Made by reflection.
   *
   * @param root of the web application
   * @param file to register: null for none, empty for the web application's own
   * @param initParams of a WasmServlet at /direct, or null for none
   */
  public BootApplication(Path root, String file, Map<String, String> initParams) {
    TomcatURLStreamHandlerFactory.disable();
    application.registerBean(
        "server", TomcatServletWebServerFactory.class, () -> server(root.resolve("root")));
    if (file != null) {
      application.registerBean(
          "wasm", ServletContextInitializer.class, () -> context -> register(context, file));
    }
    if (initParams != null) {
      application.registerBean("direct", ServletRegistrationBean.class, () -> direct(initParams));
    }
    application.refresh();
  }

  private static TomcatServletWebServerFactory server(Path root) {
    TomcatServletWebServerFactory server = new TomcatServletWebServerFactory("/app", 0);
    server.setAddress(InetAddress.getLoopbackAddress());
    server.setDocumentRoot(root.toFile());
    server.setBaseDirectory(root.resolveSibling("tomcat").toFile());
    server.setRegisterDefaultServlet(true);
    return server;
  }

  private static void register(ServletContext context, String file) throws ServletException {
    if (file.isEmpty()) {
      WasmConfiguration.register(context);
      // Once more, as two parts of an application might.
      WasmConfiguration.register(context);
    } else {
      WasmConfiguration.register(context, file);
    }
  }

  private static ServletRegistrationBean<WasmServlet> direct(Map<String, String> initParams) {
    ServletRegistrationBean<WasmServlet> bean =
        new ServletRegistrationBean<>(new WasmServlet(), "/direct/*");
    bean.setInitParameters(initParams);
    bean.setLoadOnStartup(1);
    return bean;
  }

  @Override
  public int getAsInt() {
    return application.getWebServer().getPort();
  }

  @Override
  public void close() {
    application.close();
  }
}
