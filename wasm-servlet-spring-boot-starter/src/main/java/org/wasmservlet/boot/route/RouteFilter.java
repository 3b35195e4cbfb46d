package org.wasmservlet.boot.route;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wasmservlet.WasmFilter;

/**
 * A {@link WasmFilter} without which the application does not start, and which lets nothing pass
 * until that is known. Thread-safe, as filters are.
 */
final class RouteFilter implements Filter {
  private final WasmFilter filter = new WasmFilter();

  /** Written before the container lets requests in. */
  private boolean isReady;

  @Override
  public void init(FilterConfig config) throws ServletException {
    try {
      filter.init(config);
      isReady = true;
    } catch (ServletException e) {
      StartFailures.of(config.getServletContext()).add(config.getFilterName(), e);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isReady) {
      filter.doFilter(request, response, chain);
    } else {
      ((HttpServletResponse) response).sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  @Override
  public void destroy() {
    filter.destroy();
  }
}
