package org.wasmservlet.route;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.Reader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wasmservlet.cgi.LocalRedirect;
import org.wasmservlet.mapping.ServletPath;

/** What a local redirect makes of a request: a GET without a body for another path. */
final class RedirectedRequest extends HttpServletRequestWrapper {
  private static final Set<String> BODY_HEADERS =
      Set.of("content-length", "content-type", "transfer-encoding", "expect");

  private final HttpServletRequest from;
  private final LocalRedirect to;
  private final ServletPath path;
  private final String servletName;

  RedirectedRequest(
      HttpServletRequest from, LocalRedirect to, ServletPath path, String servletName) {
    super(from);
    this.from = from;
    this.to = to;
    this.path = path;
    this.servletName = servletName;
  }

  /** How many local redirects a request has been through. */
  static int depth(HttpServletRequest request) {
    return request instanceof RedirectedRequest redirected ? depth(redirected.from) + 1 : 0;
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
  public String getRequestURI() {
    return to.uri();
  }

  @Override
  public StringBuffer getRequestURL() {
    StringBuffer url = super.getRequestURL();
    url.setLength(url.length() - from.getRequestURI().length());
    return url.append(to.uri());
  }

  @Override
  public String getServletPath() {
    return path.servletPath();
  }

  @Override
  public String getPathInfo() {
    return path.pathInfo();
  }

  @Override
  public String getQueryString() {
    return to.query();
  }

  @Override
  public HttpServletMapping getHttpServletMapping() {
    return path.mapping(servletName);
  }

  /** What a forward tells of the request that the client has made. */
  @Override
  public Object getAttribute(String name) {
    Object original = super.getAttribute(name);
    if (original != null) {
      return original;
    }
    boolean first = super.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) == null;
    return switch (name) {
      case RequestDispatcher.FORWARD_REQUEST_URI -> from.getRequestURI();
      case RequestDispatcher.FORWARD_QUERY_STRING -> first ? from.getQueryString() : null;
      default -> null;
    };
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
    names.removeIf(RedirectedRequest::isHidden);
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
