package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers on another thread: with a text, or by a dispatch to the path of its query. */
public final class AsynchronousServlet extends HttpServlet {
  static final String ANSWER = "on another thread";

  private static final long serialVersionUID = 1L;

  /** Made by the container. */
  public AsynchronousServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync();
    String target = request.getParameter("dispatch");
    if (target != null) {
      context.dispatch(target);
    } else {
      context.start(() -> answer(context));
    }
  }

  static void answer(AsyncContext context) {
    try {
      context.getResponse().getOutputStream().write(ANSWER.getBytes(UTF_8));
      context.complete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
