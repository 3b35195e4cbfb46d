package org.wasmservlet.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends everybody to the page of {@link ServeSampleTest}. */
public final class RedirectServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Made by the container. */
  public RedirectServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendRedirect("/sub/");
  }
}
