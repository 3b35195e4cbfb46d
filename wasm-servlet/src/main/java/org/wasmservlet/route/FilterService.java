package org.wasmservlet.route;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import org.wasmservlet.cgi.PercentCoding;
import org.wasmservlet.file.StaticFileService;
import org.wasmservlet.mapping.AnotherServlet;
import org.wasmservlet.mapping.Dispatches;
import org.wasmservlet.mapping.Guards;
import org.wasmservlet.mapping.Mounts;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.root.DocumentRoot;
import org.wasmservlet.tree.FileTree;

/**
 * Serves the requests that pass a filter: a program runs, a file is shown, what does not exist is
 * the fallback's or goes on down the chain. Thread-safe.
 */
public final class FilterService implements AutoCloseable {
  private final RouteService service;
  private final DocumentRoot root;
  private final Mounts mounts;
  private final boolean ownRoot;
  private final Guards guards;

  private FilterService(RouteService service, RouteOwner owner) {
    this.service = service;
    this.root = service.route().documentRoot();
    FileTree webRoot = service.route().webRoot();
    this.ownRoot = webRoot != null && root.path().equals(webRoot.path());
    this.guards = new Guards(owner);
    this.mounts = ownRoot ? Mounts.ofTheWholeApplication() : Mounts.of(owner);
  }

  /**
   * Makes the service that a filter's init-params describe.
   *
   * @param filter with the init-params
   * @return a service that must be closed
   * @throws ServletException if an init-param cannot be used; the message names the filter, the
   *     parameter, the value and the cause
   */
  public static FilterService open(FilterConfig filter) throws ServletException {
    RouteOwner owner = RouteOwner.of(filter);
    RouteService route = RouteService.create(owner);
    FilterService service = new FilterService(route, owner);
    route.start(owner, service::warmUp, service.new Programs());
    Dispatches.guard(owner);
    return service;
  }

  /**
   * Serves a request or passes it on.
   *
   * @param request the request
   * @param response the response
   * @param chain what comes after the filter
   * @throws ServletException from the chain
   * @throws IOException if the client has gone, or to make the container cut the connection
   */
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    RequestPath path = RequestPath.below(mounts, request);
    try (DocumentRoot.Target found = root.find(path.rest())) {
      if (found instanceof DocumentRoot.Program program) {
        service.run(path.scriptPath(program, root, service.route().paths()), request, response);
      } else if (found instanceof DocumentRoot.StaticFile file) {
        show(file, path, request, response, chain);
      } else if (isAnotherServlets(path, request)) {
        chain.doFilter(request, response);
      } else if (found instanceof DocumentRoot.Nothing) {
        fallBack(path, request, response, chain);
      } else {
        service.answer(found, path, request, response);
      }
    }
  }

  /**
   * Not where a program may make files and the servlet is mapped by a suffix, as the one for JSP
   * is: it takes them for its own, and they would run in this JVM.
   */
  private boolean isAnotherServlets(RequestPath path, HttpServletRequest request)
      throws IOException {
    return AnotherServlet.isMappedTo(request)
        && !(ownRoot
            && request.getHttpServletMapping().getMappingMatch() == MappingMatch.EXTENSION
            && root.canChange(path.rest()));
  }

  private void warmUp(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    filter(
        request,
        response,
        (next, answer) ->
            ((HttpServletResponse) answer).sendError(HttpServletResponse.SC_NOT_FOUND));
  }

  private void show(
      DocumentRoot.StaticFile file,
      RequestPath path,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    boolean index = !file.path().equals(path.rest());
    if (ownRoot && index && guards.standBefore(file.path(), path.rest(), request)) {
      // The container checks it when the client asks for it.
      ClientRedirect.to(
          path.prefix() + file.path(), HttpServletResponse.SC_FOUND, request, response);
    } else if (!ownRoot || root.canChange(file)) {
      // The container looks at a path and opens it later.
      StaticFileService.serve(request, response, file.file());
    } else if (!index) {
      chain.doFilter(request, response);
    } else {
      // A directory's index, which need not be one of the container's welcome files.
      request.getRequestDispatcher(PercentCoding.encode(file.path())).forward(request, response);
    }
  }

  private void fallBack(
      RequestPath path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (DocumentRoot.Target target = root.findOrFallBack(path.rest())) {
      if (!(target instanceof DocumentRoot.Nothing)) {
        service.answer(target, path, request, response);
      } else if (ownRoot && (!root.isHarmless(path.rest()) || root.canChange(path.rest()))) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
      } else {
        chain.doFilter(request, response);
      }
    }
  }

  /** What local redirects may lead to: files and other servlets are the container's to guard. */
  private final class Programs implements LocalRedirects.OwnWork {
    @Override
    public boolean includes(HttpServletRequest request) throws IOException {
      try (DocumentRoot.Target found = root.find(RequestPath.below(mounts, request).rest())) {
        return found instanceof DocumentRoot.Program;
      }
    }

    @Override
    public void serve(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      RequestPath path = RequestPath.below(mounts, request);
      try (DocumentRoot.Target found = root.find(path.rest())) {
        service.answer(found, path, request, response);
      }
    }
  }

  /** Releases the module. Requests that are running end undisturbed. */
  @Override
  public void close() {
    service.close();
  }
}
