package org.wasmservlet.boot.route;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wasmservlet.WasmServlet;

/**
 * A {@link WasmServlet} without which the application does not start, whatever its container makes
 * of a servlet that cannot be initialised. Thread-safe, as servlets are.
 */
public final class RouteServlet implements Servlet {
  private final WasmServlet servlet = new WasmServlet();

  /** Written before the container lets requests in. */
  private boolean isReady;

  /** Made by the container, or for it. */
  public RouteServlet() {}

  @Override
  public void init(ServletConfig config) throws ServletException {
    try {
      servlet.init(config);
      isReady = true;
    } catch (ServletException e) {
      StartFailures.of(config.getServletContext()).add(config.getServletName(), e);
    }
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    if (isReady) {
      servlet.service(request, response);
    } else {
      ((HttpServletResponse) response).sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  @Override
  public ServletConfig getServletConfig() {
    return servlet.getServletConfig();
  }

  @Override
  public String getServletInfo() {
    return servlet.getServletInfo();
  }

  @Override
  public void destroy() {
    servlet.destroy();
  }
}
