package org.wasmservlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wasmservlet.deploy.ConfigurationFile;
import org.wasmservlet.status.StatusService;

/**
 * Shows what the {@link WasmServlet}s and {@link WasmFilter}s of its web application do, as one
 * page or, with {@code ?format=json}, as JSON: modules, routes, running programs, latencies, recent
 * failures. It is there where web.xml maps it, and needs no init-param.
 *
 * <p>It tells paths of requests and names of files, but no query, header, environment or output.
 * Who may see it is the container's to decide: give it a security-constraint. Thread-safe.
 */
public final class WasmStatusServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Null before init. */
  private transient StatusService service;

  /** Made by the container. */
  public WasmStatusServlet() {}

  /**
   * Finds the web application's routes.
   *
   * @throws ServletException never
   */
  @Override
  public void init() throws ServletException {
    ConfigurationFile.of(getServletContext()).warnIfUnread();
    service = StatusService.of(getServletContext());
  }

  /**
   * Shows the status.
   *
   * @param request the request
   * @param response the response
   * @throws IOException if the client has gone
   */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    service.serve(request, response);
  }
}
