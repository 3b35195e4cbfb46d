package org.wasmservlet.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers as the guest that does nothing: what a request of it costs is the container's share. */
public final class PlainServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] BODY = "ok\n".getBytes(US_ASCII);

  /** Made by the container. */
  public PlainServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getOutputStream().write(BODY);
  }
}
