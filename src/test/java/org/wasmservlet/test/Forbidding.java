package org.wasmservlet.test;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets nobody pass. */
public final class Forbidding extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Made by a container. */
  public Forbidding() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    response.sendError(HttpServletResponse.SC_FORBIDDEN);
  }
}
