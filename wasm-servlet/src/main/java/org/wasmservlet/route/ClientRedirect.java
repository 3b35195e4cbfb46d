package org.wasmservlet.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.wasmservlet.cgi.PercentCoding;

/** Sends a client to another path with the query that it came with. */
final class ClientRedirect {
  private ClientRedirect() {}

  /**
   * Answers a request so.
   *
   * @param status 301 or 302
   * @param path from the server's root, decoded
   */
  static void to(
      String path, int status, HttpServletRequest request, HttpServletResponse response) {
    String query = request.getQueryString();
    response.setStatus(status);
    response.setHeader("Location", PercentCoding.encode(path) + (query == null ? "" : "?" + query));
  }
}
