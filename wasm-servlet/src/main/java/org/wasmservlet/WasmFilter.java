package org.wasmservlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wasmservlet.deploy.ConfigurationFile;
import org.wasmservlet.route.FilterService;

/**
 * Puts an application of programs and files, such as WordPress, before the rest of a web
 * application: what is a program runs, what is a file is shown, what does not exist is answered by
 * the program of {@value WasmServlet#FALLBACK}. Without that, and where a servlet is mapped, the
 * request goes on down the chain.
 *
 * <p>The init-params are those of {@link WasmServlet}. {@value WasmServlet#DOCUMENT_ROOT} defaults
 * to the web application's own root; the container then shows the files, and the filter must be
 * mapped to {@code /*}. A program's source is never shown.
 *
 * <p>An init-param that cannot be used fails the filter's initialisation, and with it the
 * deployment. Thread-safe, as filters are.
 */
public final class WasmFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Null before init and after destroy. */
  private transient FilterService service;

  /** Made by the container. */
  public WasmFilter() {}

  /**
   * Reads the configuration and loads the module.
   *
   * @throws ServletException if an init-param cannot be used
   */
  @Override
  public void init() throws ServletException {
    ConfigurationFile.of(getServletContext()).warnIfUnread();
    service = FilterService.open(getFilterConfig());
  }

  /**
   * Serves a request of any method or passes it on.
   *
   * @param request the request
   * @param response the response
   * @param chain what comes after the filter
   * @throws ServletException from the chain
   * @throws IOException if the client has gone, or to make the container cut a connection whose
   *     response cannot be finished
   */
  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    service.filter(request, response, chain);
  }

  /** Releases the module. */
  @Override
  public void destroy() {
    if (service != null) {
      service.close();
      service = null;
    }
  }
}
