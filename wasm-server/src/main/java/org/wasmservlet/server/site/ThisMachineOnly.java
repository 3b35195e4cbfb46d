package org.wasmservlet.server.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Lets clients of this machine pass. A proxy on this machine is none: it asks for others, and says
 * so.
 */
final class ThisMachineOnly extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final List<String> OF_PROXIES = List.of("Forwarded", "X-Forwarded-For", "Via");

  ThisMachineOnly() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    // A number, which nobody is asked for.
    boolean isHere = InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    if (isHere && OF_PROXIES.stream().allMatch(name -> request.getHeader(name) == null)) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }
}
