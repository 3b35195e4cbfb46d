package org.wasmservlet.route;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.wasmservlet.cgi.BadRequestException;
import org.wasmservlet.cgi.MalformedResponseException;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.cgi.Visible;
import org.wasmservlet.cgi.VisibleThrowable;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.exchange.Exchange;
import org.wasmservlet.file.StaticFileService;
import org.wasmservlet.gateway.Call;
import org.wasmservlet.jmx.JmxBeans;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.measure.RouteRegistry;
import org.wasmservlet.root.DocumentRoot;
import org.wasmservlet.warmup.WarmUp;

/** Serves the requests of one servlet, each with a guest of its own. Thread-safe. */
public final class RouteService implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private static final int MESSAGE_AT_MOST = 4000;

  private final Route route;
  private final RouteRegistry registry;
  private final GuestRunner guests;

  /** Set before the first request is served. */
  private LocalRedirects redirects;

  private RouteService(Route route, RouteRegistry registry) {
    this.route = route;
    this.registry = registry;
    this.guests = new GuestRunner(route);
  }

  /**
   * Makes the service that a servlet's init-params describe.
   *
   * @param servlet with the init-params
   * @return a service that must be closed
   * @throws ServletException if an init-param cannot be used; the message names the servlet, the
   *     parameter, the value and the cause
   */
  public static RouteService open(ServletConfig servlet) throws ServletException {
    return open(RouteOwner.of(servlet));
  }

  private static RouteService open(RouteOwner owner) throws ServletException {
    RouteService service = create(owner);
    service.start(owner, service::serve, service.new WholeRoute());
    return service;
  }

  /** Makes a service that has not been started. */
  static RouteService create(RouteOwner owner) throws ServletException {
    try {
      owner.declareAsyncSupported();
      RouteRegistry registry = RouteRegistry.of(owner.context());
      registry.observeOnce(new JmxBeans());
      return new RouteService(RouteFactory.create(owner), registry);
    } catch (DirectiveException e) {
      throw unusable(owner, e);
    }
  }

  /**
   * Loads the module as the route says.
   *
   * @param service by whose way requests of the warm-up go
   * @param work what local redirects may lead to
   */
  void start(RouteOwner owner, WarmUp.Service service, LocalRedirects.OwnWork work)
      throws ServletException {
    redirects = new LocalRedirects(owner, work);
    try {
      route.program().start(route.preload(), program -> route.warmUp().run(program, service));
      registry.add(route.metrics());
    } catch (DirectiveException e) {
      route.close();
      throw unusable(owner, e);
    }
  }

  private static ServletException unusable(RouteOwner owner, DirectiveException e) {
    // A module's names may be in it.
    String message = Visible.escape(owner + ": " + e.getMessage(), MESSAGE_AT_MOST);
    // Not every container logs what an init throws.
    LOGGER.log(Level.ERROR, message);
    LOGGER.log(Level.DEBUG, "the cause", VisibleThrowable.of(e));
    return new UnusableConfigurationException(message, e);
  }

  /**
   * Serves a request on the calling thread.
   *
   * @param request the request
   * @param response the response
   * @throws ServletException never; as servlets declare it
   * @throws IOException if the client has gone, or to make the container cut the connection
   */
  public void serve(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!route.gateway().passesRequests()) {
      run(null, request, response);
    } else if (route.documentRoot() == null) {
      run(RequestPath.mappedScriptPath(request, route), request, response);
    } else {
      RequestPath path = RequestPath.of(request);
      try (DocumentRoot.Target found = route.documentRoot().findOrFallBack(path.rest())) {
        answer(found, path, request, response);
      }
    }
  }

  Route route() {
    return route;
  }

  /** Answers a request with what was found in the document root. */
  void answer(
      DocumentRoot.Target target,
      RequestPath path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws ServletException, IOException {
    if (target instanceof DocumentRoot.Program program) {
      run(path.scriptPath(program, route.documentRoot(), route.paths()), request, response);
    } else if (target instanceof DocumentRoot.StaticFile file) {
      StaticFileService.serve(request, response, file.file());
    } else if (target instanceof DocumentRoot.DirectoryWithoutSlash) {
      ClientRedirect.to(
          path.withSlash(), HttpServletResponse.SC_MOVED_PERMANENTLY, request, response);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  /**
   * Runs the program on the calling thread.
   *
   * @param path how the request's path is divided; null if the program is not told
   */
  void run(ScriptPath path, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      follow(path, request, response);
    } finally {
      // The thread goes back to the container as it came: an interruption was meant for the guest.
      Thread.interrupted();
    }
  }

  private void follow(ScriptPath path, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Exchange exchange =
        new Exchange(
            route.name(),
            route.metrics(),
            route.admission().retryAfterSeconds(),
            request,
            response);
    String location;
    HttpServletRequest redirected = null;
    try {
      location = put(path, exchange);
      if (location != null) {
        redirected = redirects.follow(location, request);
        if (redirected != null && RedirectedRequest.depth(request) >= LocalRedirects.MAX_DEPTH) {
          exchange.failedByRedirects(LocalRedirects.MAX_DEPTH);
          return;
        }
      }
    } catch (Throwable t) {
      exchange.escaped(t);
      throw t;
    } finally {
      exchange.end();
    }
    if (location != null) {
      redirects.carryOut(location, redirected, response);
    }
  }

  /** Returns where the program redirects the request, or null if it has been answered. */
  private String put(ScriptPath path, Exchange exchange) throws IOException {
    try (Call call = route.gateway().take(exchange, path)) {
      Outcome outcome = call == null ? null : guests.run(call, exchange);
      return outcome == null ? null : call.conclude(outcome);
    } catch (BadRequestException e) {
      exchange.failed(e);
      return null;
    } catch (MalformedResponseException e) {
      exchange.failed(e);
      return null;
    }
  }

  /** All that a servlet is mapped to. */
  private final class WholeRoute implements LocalRedirects.OwnWork {
    @Override
    public boolean includes(HttpServletRequest request) {
      return true;
    }

    @Override
    public void serve(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      RouteService.this.serve(request, response);
    }
  }

  /** Releases the module. Requests that are running end undisturbed. */
  @Override
  public void close() {
    registry.remove(route.metrics());
    route.close();
  }
}
