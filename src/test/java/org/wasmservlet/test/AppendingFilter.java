package org.wasmservlet.test;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets a request be answered and adds something to that on another thread. */
public final class AppendingFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Made by the container. */
  public AppendingFilter() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    AsyncContext context = request.startAsync();
    context.start(() -> AsynchronousServlet.answer(context));
  }
}
