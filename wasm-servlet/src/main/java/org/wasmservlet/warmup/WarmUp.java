package org.wasmservlet.warmup;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.mapping.ServletPath;
import org.wasmservlet.program.Program;

/**
 * Requests that a module serves before anybody's, so that the JIT has compiled what is hot. One
 * that fails is logged and ends the warm-up, not the deployment: what it needs, a database perhaps,
 * may come later than the server.
 */
public final class WarmUp {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");
  private static final int MOST = 100_000;

  private final RouteOwner owner;
  private final List<Requests> requests;
  private volatile boolean stopped;

  private WarmUp(RouteOwner owner, List<Requests> requests) {
    this.owner = owner;
    this.requests = requests;
  }

  /** So many requests for one path. */
  private record Requests(int count, String path) {}

  /** Serves a request as the servlet or the filter does. */
  @FunctionalInterface
  public interface Service {
    void serve(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException;
  }

  /**
   * Reads the directive.
   *
   * @throws DirectiveException if a line has no number, or no path that is this servlet's
   */
  public static WarmUp of(RouteOwner owner, Directives directives) throws DirectiveException {
    List<Requests> requests = new ArrayList<>();
    for (List<String> words : directives.all(Directive.WARM_UP)) {
      requests.add(new Requests(count(words), path(owner, words)));
    }
    return new WarmUp(owner, requests);
  }

  private static int count(List<String> words) throws DirectiveException {
    try {
      int count = Integer.parseInt(words.get(0));
      if (count >= 1 && count <= MOST) {
        return count;
      }
    } catch (NumberFormatException e) {
      // As a number that is too large.
    }
    throw wrong(words, "must begin with a number of requests from 1 to " + MOST);
  }

  private static String path(RouteOwner owner, List<String> words) throws DirectiveException {
    String path = words.get(1);
    if (!path.startsWith("/")) {
      throw wrong(words, "the path must begin with a slash, which is the web application's root");
    }
    if (!owner.isFilter() && ServletPath.of(path, owner) == null) {
      throw wrong(words, "the path is none of this servlet's: " + owner.patterns());
    }
    return path;
  }

  private static DirectiveException wrong(List<String> words, String reason) {
    return new DirectiveException(Directive.WARM_UP.parameter(), String.join(" ", words), reason);
  }

  /** Has a module serve its first requests, on the calling thread. */
  public void run(Program program, Service service) {
    for (Requests wanted : requests) {
      // Before it has happened: the first request of a large program takes seconds.
      LOGGER.log(
          Level.INFO,
          "{0} warms up: {1} requests for {2}",
          owner,
          Integer.toString(wanted.count),
          wanted.path);
      long start = System.nanoTime();
      for (int i = 0; i < wanted.count; i++) {
        String failure = serve(wanted.path, program, service);
        if (stopped) {
          return;
        }
        if (failure != null) {
          LOGGER.log(
              Level.WARNING,
              "{0}: warm-up request {1} of {2} for {3} failed: {4}; no more are made",
              owner,
              Integer.toString(i + 1),
              Integer.toString(wanted.count),
              wanted.path,
              failure);
          return;
        }
      }
      LOGGER.log(
          Level.INFO,
          "{0} is warmed up by {1} requests for {2} in {3} ms",
          owner,
          Integer.toString(wanted.count),
          wanted.path,
          Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
    }
  }

  /** Makes no more requests: the web application stops. */
  public void stop() {
    stopped = true;
  }

  /** Returns what went wrong, or null. */
  private String serve(String path, Program program, Service service) {
    WarmUpResponse response = new WarmUpResponse();
    try {
      service.serve(WarmUpRequest.of(path, owner, program), response.asResponse());
    } catch (ServletException | IOException | RuntimeException e) {
      return e.toString();
    }
    return response.status() >= HttpServletResponse.SC_BAD_REQUEST
        ? "status " + response.status()
        : null;
  }
}
