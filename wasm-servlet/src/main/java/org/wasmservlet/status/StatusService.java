package org.wasmservlet.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wasmservlet.measure.RouteIdentity;
import org.wasmservlet.measure.RouteRegistry;

/**
 * Answers with the status of a web application, as HTML or as JSON. Nothing is loaded from
 * elsewhere, and nothing on the page can be executed. Thread-safe.
 */
public final class StatusService {
  private static final int MAX_REFRESH_SECONDS = 3600;

  private final ServletContext context;
  private final Scope scope;
  private final RouteRegistry routes;

  private StatusService(ServletContext context, Scope scope) {
    this.context = context;
    this.scope = scope;
    this.routes = RouteRegistry.of(context);
  }

  /**
   * The status of a web application, or of all.
   *
   * @param context of the web application that shows it
   * @param scope whose routes are shown
   * @return a service that holds nothing
   */
  public static StatusService of(ServletContext context, Scope scope) {
    return new StatusService(context, scope);
  }

  /**
   * Answers a GET: {@code ?format=json} or an Accept header that wants JSON and no HTML gets JSON;
   * {@code ?refresh=N} lets a browser ask again every N seconds.
   *
   * @param request the request
   * @param response the response
   * @throws IOException if the client has gone
   */
  public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String format = request.getParameter("format");
    boolean json = format == null ? wantsJson(request.getHeader("Accept")) : format.equals("json");
    if (format != null && !json && !format.equals("html")) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    int refresh = refresh(request.getParameter("refresh"));
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Vary", "Accept");
    if (json) {
      response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
      send(response, "application/json", json());
    } else {
      response.setHeader("Content-Security-Policy", Style.CONTENT_SECURITY_POLICY);
      send(response, "text/html;charset=UTF-8", html(refresh));
    }
  }

  /**
   * The status for machines.
   *
   * @return JSON, as of now
   */
  public String json() {
    return StatusJson.of(snapshot());
  }

  /**
   * The status for people.
   *
   * @param refreshSeconds after which a browser asks again, or 0
   * @return HTML in UTF-8, as of now
   */
  public String html(int refreshSeconds) {
    return StatusPage.of(snapshot(), refreshSeconds);
  }

  private Snapshot snapshot() {
    return Snapshot.take(RouteIdentity.hostOf(context), context.getContextPath(), scope, routes);
  }

  private static void send(HttpServletResponse response, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static boolean wantsJson(String accept) {
    return accept != null && accept.contains("application/json") && !accept.contains("text/html");
  }

  /** 0 where nothing is asked for, or nothing that makes sense. */
  private static int refresh(String seconds) {
    try {
      int refresh = seconds == null ? 0 : Integer.parseInt(seconds);
      return refresh < 0 || refresh > MAX_REFRESH_SECONDS ? 0 : refresh;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
