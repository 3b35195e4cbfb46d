package org.wasmservlet.route;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.wasmservlet.cgi.BadRequestException;
import org.wasmservlet.cgi.CgiResponse;
import org.wasmservlet.cgi.HeldBody;
import org.wasmservlet.cgi.MalformedResponseException;
import org.wasmservlet.cgi.RequestBody;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.cgi.Visible;
import org.wasmservlet.cgi.VisibleThrowable;
import org.wasmservlet.client.ClientTime;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.file.StaticFileService;
import org.wasmservlet.jmx.JmxBeans;
import org.wasmservlet.measure.RouteRegistry;

/** Serves the requests of one servlet, each with a guest of its own. Thread-safe. */
public final class RouteService implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private static final int MESSAGE_AT_MOST = 4000;

  private final Route route;
  private final RouteRegistry registry;
  private final GuestRunner guests;
  private final BodyReader bodies;

  /** Set before the first request is served. */
  private LocalRedirects redirects;

  private RouteService(Route route, RouteRegistry registry) {
    this.route = route;
    this.registry = registry;
    this.guests = new GuestRunner(route);
    this.bodies = new BodyReader(route);
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
      route.program().start(route.preload(), config -> route.warmUp().run(config, service));
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
    // Without its cause: containers log the root cause alone, and this message is the better one.
    return new UnusableConfigurationException(message);
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
    if (!route.cgi()) {
      runPlain(request, response);
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

  /** Runs a program on the calling thread. */
  void run(ScriptPath path, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      runCgi(path, request, response);
    } finally {
      // The thread goes back to the container as it came: an interruption was meant for the guest.
      Thread.interrupted();
    }
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
      String query = request.getQueryString();
      response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
      response.setHeader("Location", path.withSlash() + (query == null ? "" : "?" + query));
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private void runPlain(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = new Exchange(route, request, response);
    try {
      PlainResponse stdout = new PlainResponse(response, exchange.isHead());
      Outcome outcome;
      try {
        outcome =
            guests.run(
                request,
                (execution, waits) ->
                    execution.environment(plainVariables(request)).stdout(waits.out(stdout)),
                exchange);
      } finally {
        Thread.interrupted();
      }
      concludePlain(outcome, exchange, stdout);
    } catch (Throwable t) {
      exchange.escaped(t);
      throw t;
    } finally {
      exchange.end();
    }
  }

  private static Map<String, String> plainVariables(HttpServletRequest request) {
    return request instanceof WarmUpRequest ? WarmUpRequest.VARIABLES : Map.of();
  }

  private void concludePlain(Outcome outcome, Exchange exchange, PlainResponse stdout)
      throws IOException {
    if (outcome instanceof Outcome.Refused refused) {
      exchange.refused(refused, route);
    } else if (outcome != null && !(outcome instanceof Outcome.Success)) {
      // Nothing but its exit code tells how a program fared that writes no header.
      exchange.failed(outcome, stdout.discarded());
    }
  }

  private void runCgi(ScriptPath path, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Exchange exchange = new Exchange(route, request, response);
    String location;
    HttpServletRequest redirected = null;
    try {
      location = answer(path, request, response, exchange);
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

  /** Returns where the guest redirects the request, or null if it has been answered. */
  private String answer(
      ScriptPath path, HttpServletRequest request, HttpServletResponse response, Exchange exchange)
      throws IOException {
    try (CgiResponse stdout = response(request, response)) {
      Outcome outcome = runCgi(path, request, exchange, stdout);
      return conclude(outcome, exchange, stdout, request) ? stdout.localRedirect() : null;
    } catch (BadRequestException e) {
      exchange.failed(e);
      return null;
    } catch (MalformedResponseException e) {
      exchange.failed(e);
      return null;
    }
  }

  /** No client that is slow to take its page keeps the guests of other clients waiting. */
  private CgiResponse response(HttpServletRequest request, HttpServletResponse response) {
    return route.admission().isUnderLock()
        ? new CgiResponse(request, response, new HeldBody(route.temporaryDirectory()))
        : new CgiResponse(request, response);
  }

  private Outcome runCgi(
      ScriptPath path, HttpServletRequest request, Exchange exchange, CgiResponse stdout)
      throws IOException {
    try (RequestBody body = bodies.open(request, exchange)) {
      if (body == null) {
        return null;
      }
      Map<String, String> variables = route.variables().of(request, path, body.length());
      if (request instanceof WarmUpRequest) {
        variables.putAll(WarmUpRequest.VARIABLES);
      }
      return guests.run(
          request,
          (execution, waits) ->
              execution
                  .environment(variables)
                  .stdin(waits.in(body.stream()))
                  .stdout(waits.out(stdout)),
          exchange);
    }
  }

  /** Returns whether the guest's own response stands. */
  private boolean conclude(
      Outcome outcome, Exchange exchange, CgiResponse stdout, HttpServletRequest request)
      throws IOException {
    if (outcome instanceof Outcome.Refused refused) {
      if (!(refused.failure() instanceof Outcome.Exit)
          || !stdout.hasHeader()
          || !exchange.isCommitted()) {
        exchange.refused(refused, route);
        return false;
      }
      exchange.refusedAfterResponding(refused);
    } else if (outcome instanceof Outcome.Exit exit && stdout.hasHeader()) {
      // As httpd: a program says by its header what its response is, and not by its exit code.
      exchange.exitedAfterResponding(exit);
    } else if (!(outcome instanceof Outcome.Success)) {
      if (outcome != null) {
        exchange.failed(outcome, stdout.discarded());
      }
      return false;
    }
    finish(stdout, request);
    return true;
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

  /** What was held is sent when no guest runs: no longer than it could have been one's own. */
  private void finish(CgiResponse stdout, HttpServletRequest request) throws IOException {
    if (!route.admission().isUnderLock()) {
      stdout.finish(UnaryOperator.identity());
      return;
    }
    try (ClientTime time = ClientTime.begin(request, route.timeout())) {
      stdout.finish(time::out);
    }
  }

  /** Releases the module. Requests that are running end undisturbed. */
  @Override
  public void close() {
    registry.remove(route.metrics());
    route.close();
  }
}
