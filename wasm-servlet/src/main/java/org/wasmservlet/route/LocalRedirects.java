package org.wasmservlet.route;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.wasmservlet.cgi.LocalRedirect;
import org.wasmservlet.mapping.Guards;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.mapping.ServletPath;

/**
 * Says which local redirects of a guest (RFC 3875, section 6.2.2) are followed inside. A client's
 * request passes security constraints and filters, and a request that is made up here passes none:
 * it may lead to nothing but the route's own work, by a path that nobody guards. The client is sent
 * everywhere else. Thread-safe.
 */
final class LocalRedirects {
  /** As many redirects as one request may go through. */
  static final int MAX_DEPTH = 10;

  private final RouteOwner owner;
  private final Guards guards;
  private final OwnWork work;

  /** What a route answers itself, whatever else is deployed. */
  interface OwnWork {
    /** Whether it has the answer to a request for one of its paths. */
    boolean includes(HttpServletRequest request) throws IOException;

    /** Answers a request that it includes. */
    void serve(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException;
  }

  LocalRedirects(RouteOwner owner, OwnWork work) {
    this.owner = owner;
    this.guards = new Guards(owner);
    this.work = work;
  }

  /**
   * Makes the request that a redirect leads to.
   *
   * @param location a path on this server, perhaps with a query
   * @param request the guest's request
   * @return null if the client is to make it
   */
  HttpServletRequest follow(String location, HttpServletRequest request) throws IOException {
    LocalRedirect to = LocalRedirect.of(location, request.getContextPath());
    ServletPath path = to == null ? null : ownPath(to.path());
    if (path == null || guards.standBefore(to.path(), request)) {
      return null;
    }
    HttpServletRequest redirected = new RedirectedRequest(request, to, path, owner.name());
    return work.includes(redirected) ? redirected : null;
  }

  /**
   * Carries a redirect out.
   *
   * @param redirected what {@link #follow} has made of it
   */
  void carryOut(String location, HttpServletRequest redirected, HttpServletResponse response)
      throws ServletException, IOException {
    if (redirected != null) {
      work.serve(redirected, response);
      return;
    }
    // The container checks what the client asks for.
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", location);
  }

  private ServletPath ownPath(String path) {
    if (owner.isFilter()) {
      return ServletPath.matchesAny(path, owner.patterns()) ? ServletPath.ofAFile(path) : null;
    }
    ServletPath best = null;
    String servlet = null;
    for (Map.Entry<String, ? extends ServletRegistration> other :
        owner.context().getServletRegistrations().entrySet()) {
      ServletPath found = ServletPath.best(path, other.getValue().getMappings());
      if (found != null && (best == null || found.isBetterThan(best))) {
        best = found;
        servlet = other.getKey();
      }
    }
    return owner.name().equals(servlet) ? best : null;
  }
}
