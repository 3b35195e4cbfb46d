package org.wasmservlet.cgi;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Carries out a guest's local redirect (RFC 3875, section 6.2.2): the request is forwarded inside
 * the web application as a GET without a body; the client does not see it.
 */
public final class LocalRedirect {
  /** As many redirects as one request may go through. */
  public static final int MAX_DEPTH = 10;

  private static final String DEPTH = LocalRedirect.class.getName() + ".depth";
  private static final Set<String> CONTAINER_DIRECTORIES = Set.of("web-inf", "meta-inf");

  private LocalRedirect() {}

  /**
   * Tells whether a request may be redirected once more.
   *
   * @param location a path on this server, perhaps with a query
   * @param request the guest's request
   * @return false if it has been redirected too often
   */
  public static boolean mayFollow(String location, HttpServletRequest request) {
    return depth(request) <= MAX_DEPTH || insideContext(location, request.getContextPath()) == null;
  }

  /**
   * Redirects.
   *
   * @param location a path on this server, perhaps with a query, that {@linkplain #mayFollow may be
   *     followed}
   * @param request the guest's request
   * @param response not committed
   * @throws ServletException from the target
   * @throws IOException from the target
   */
  public static void follow(
      String location, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String inside = insideContext(location, request.getContextPath());
    RequestDispatcher target = inside == null ? null : request.getRequestDispatcher(inside);
    if (target == null) {
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader("Location", location);
      return;
    }
    Object previous = request.getAttribute(DEPTH);
    request.setAttribute(DEPTH, depth(request));
    try {
      target.forward(new BodilessGet(request), response);
    } finally {
      request.setAttribute(DEPTH, previous);
    }
  }

  /** What the depth is after one more. */
  private static int depth(HttpServletRequest request) {
    return request.getAttribute(DEPTH) instanceof Integer count ? count + 1 : 1;
  }

  /**
   * The part of a location after the context path, or null where a forward could go elsewhere than
   * a client could: into another application, WEB-INF, or wherever a container may take dots,
   * parameters and encoded characters to lead.
   */
  static String insideContext(String location, String contextPath) {
    if (!location.startsWith(contextPath + "/")) {
      return null;
    }
    String inside = location.substring(contextPath.length());
    int query = inside.indexOf('?');
    String path = PercentCoding.decode(query < 0 ? inside : inside.substring(0, query));
    for (String segment : path.substring(1).split("/", -1)) {
      boolean suspicious =
          segment.equals(".")
              || segment.equals("..")
              || segment.indexOf(';') >= 0
              || segment.indexOf('\\') >= 0
              || segment.indexOf('%') >= 0
              || !Grammar.isFieldValue(segment)
              || CONTAINER_DIRECTORIES.contains(segment.toLowerCase(Locale.ROOT).strip());
      if (suspicious) {
        return null;
      }
    }
    return inside;
  }

  private static final class BodilessGet extends HttpServletRequestWrapper {
    private static final Set<String> BODY_HEADERS =
        Set.of("content-length", "content-type", "transfer-encoding", "expect");

    BodilessGet(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }

    @Override
    public DispatcherType getDispatcherType() {
      return DispatcherType.FORWARD;
    }

    @Override
    public int getContentLength() {
      return -1;
    }

    @Override
    public long getContentLengthLong() {
      return -1;
    }

    @Override
    public String getContentType() {
      return null;
    }

    @Override
    public String getHeader(String name) {
      return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = Collections.list(super.getHeaderNames());
      names.removeIf(BodilessGet::isHidden);
      return Collections.enumeration(names);
    }

    @Override
    public ServletInputStream getInputStream() {
      return new EmptyInput();
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(Reader.nullReader());
    }

    private static boolean isHidden(String header) {
      return BODY_HEADERS.contains(header.toLowerCase(Locale.ROOT));
    }
  }

  private static final class EmptyInput extends ServletInputStream {
    @Override
    public int read() {
      return -1;
    }

    @Override
    public boolean isFinished() {
      return true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("this request has no body to listen for");
    }
  }
}
