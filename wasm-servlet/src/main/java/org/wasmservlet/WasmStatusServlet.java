package org.wasmservlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Optional;
import org.wasmservlet.deploy.ConfigurationFile;
import org.wasmservlet.status.Scope;
import org.wasmservlet.status.StatusService;

/**
 * Shows what the {@link WasmServlet}s and {@link WasmFilter}s of its web application do, as one
 * page or, with {@code ?format=json}, as JSON: modules, routes, running programs, latencies, recent
 * failures. It is there where web.xml maps it. With the init-param {@value #SCOPE} {@code Server}
 * it shows those of all web applications of the JVM.
 *
 * <p>It tells paths of requests and names of files, but no query, header, environment or output.
 * Who may see it is the container's to decide: give it a security-constraint. Thread-safe.
 */
public final class WasmStatusServlet extends HttpServlet {
  /** Init-param: whose routes are shown, {@code Application} (the default) or {@code Server}. */
  public static final String SCOPE = "WasmStatusScope";

  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");
  private static final long serialVersionUID = 1L;

  /** Null before init. */
  private transient StatusService service;

  /** Made by the container. */
  public WasmStatusServlet() {}

  /**
   * Reads the configuration.
   *
   * @throws ServletException if an init-param cannot be used
   */
  @Override
  public void init() throws ServletException {
    ConfigurationFile.of(getServletContext()).warnIfUnread();
    for (String name : Collections.list(getInitParameterNames())) {
      if (name.startsWith("Wasm") && !name.equals(SCOPE)) {
        throw unusable(name, "no such parameter; did you mean " + SCOPE + "?");
      }
    }
    String value = getInitParameter(SCOPE);
    Optional<Scope> scope = value == null ? Optional.of(Scope.APPLICATION) : Scope.of(value);
    if (scope.isEmpty()) {
      throw unusable(SCOPE, "must be Application or Server");
    }
    service = StatusService.of(getServletContext(), scope.get());
  }

  private ServletException unusable(String parameter, String reason) {
    String value = getInitParameter(parameter);
    String message =
        "servlet '" + getServletName() + "': " + parameter + " '" + value + "': " + reason;
    // Not every container logs what an init throws.
    LOGGER.log(Level.ERROR, message);
    return new ServletException(message);
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
