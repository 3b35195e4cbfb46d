package org.wasmservlet.cgi;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes the CGI meta-variables of a request (RFC 3875, section 4.1) and those that httpd adds.
 * Immutable and shared by a route's requests.
 *
 * <p>Nothing of the JVM's own environment is among them.
 */
public final class MetaVariables {
  private static final String HEADER_PREFIX = "HTTP_";

  /**
   * What headers never become: two have variables of their own, credentials are the container's
   * business (httpd's CGIPassAuth), and HTTP_PROXY would be taken for a proxy's address by many
   * programs (CVE-2016-5388).
   */
  private static final Set<String> WITHHELD =
      Set.of(
          "HTTP_CONTENT_TYPE",
          "HTTP_CONTENT_LENGTH",
          "HTTP_AUTHORIZATION",
          "HTTP_PROXY_AUTHORIZATION",
          "HTTP_PROXY");

  /** The attribute of Servlet 6.1; containers of 6.0 leave it unset. */
  private static final String ERROR_QUERY_STRING = "jakarta.servlet.error.query_string";

  private static final String ATTRIBUTE = "jakarta.servlet.request.";

  private final String serverSoftware;
  private final boolean urisAreText;
  private final boolean passAuthorization;

  /**
   * Makes the part that does not change from request to request.
   *
   * @param serverInfo {@code ServletContext.getServerInfo()}
   * @param passAuthorization whether guests see the Authorization header
   */
  public MetaVariables(String serverInfo, boolean passAuthorization) {
    this.serverSoftware = productToken(serverInfo);
    this.urisAreText = Wire.decodesUris(serverInfo);
    this.passAuthorization = passAuthorization;
  }

  /**
   * Makes a request's variables.
   *
   * @param request the request as it was dispatched
   * @param path how its path is divided
   * @param contentLength of the body in bytes, without transfer coding; -1 if there is no body
   * @return values by name; each character is a byte, for what a client sends need be no text
   * @throws BadRequestException if the request has a NUL character in a value
   */
  public Map<String, String> of(HttpServletRequest request, ScriptPath path, long contentLength)
      throws BadRequestException {
    Variables variables = new Variables();
    addServer(variables, request);
    addClient(variables, request);
    addPath(variables, path);
    addUri(variables, request);
    addTls(variables, request);
    if (contentLength >= 0) {
      variables.put("CONTENT_LENGTH", Long.toString(contentLength));
      variables.putAsSent("CONTENT_TYPE", request.getContentType());
    }
    addHeaders(variables, request);
    addAuthority(variables, request);
    return variables.byName;
  }

  private void addServer(Variables variables, HttpServletRequest request)
      throws BadRequestException {
    variables.put("GATEWAY_INTERFACE", "CGI/1.1");
    variables.put("SERVER_SOFTWARE", serverSoftware);
    variables.put("SERVER_PROTOCOL", request.getProtocol());
    variables.put("SERVER_NAME", bracketed(request.getServerName()));
    variables.put("SERVER_PORT", Integer.toString(request.getServerPort()));
    variables.put("SERVER_ADDR", unbracketed(request.getLocalAddr()));
    variables.put("REQUEST_METHOD", request.getMethod());
    variables.put("REQUEST_SCHEME", request.getScheme());
  }

  private void addClient(Variables variables, HttpServletRequest request)
      throws BadRequestException {
    variables.put("REMOTE_ADDR", unbracketed(request.getRemoteAddr()));
    variables.put("REMOTE_HOST", unbracketed(request.getRemoteHost()));
    variables.put("REMOTE_PORT", Integer.toString(request.getRemotePort()));
    variables.put("REMOTE_USER", request.getRemoteUser());
    variables.put("AUTH_TYPE", authType(request.getAuthType()));
  }

  private static void addPath(Variables variables, ScriptPath path) throws BadRequestException {
    variables.put("SCRIPT_NAME", path.scriptName());
    variables.put("SCRIPT_FILENAME", path.scriptFile());
    variables.put("PATH_INFO", path.pathInfo());
    if (path.pathInfo() != null && path.documentRoot() != null) {
      variables.put("PATH_TRANSLATED", append(path.documentRoot(), path.pathInfo()));
    }
    variables.put("DOCUMENT_ROOT", path.documentRoot());
    variables.put("CONTEXT_PREFIX", path.prefix());
    variables.put("CONTEXT_DOCUMENT_ROOT", path.documentRoot());
  }

  private void addUri(Variables variables, HttpServletRequest request) throws BadRequestException {
    String query = request.getQueryString();
    putUri(variables, "QUERY_STRING", query == null ? "" : query);
    String uri = request.getRequestURI();
    String uriQuery = query;
    String redirectStatus = "200";
    String redirectedFrom = null;
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      redirectedFrom = attribute(request, RequestDispatcher.ERROR_REQUEST_URI);
      uriQuery = attribute(request, ERROR_QUERY_STRING);
      Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
      redirectStatus = status == null ? redirectStatus : status.toString();
    } else if (request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) != null) {
      redirectedFrom = attribute(request, RequestDispatcher.FORWARD_REQUEST_URI);
      uriQuery = attribute(request, RequestDispatcher.FORWARD_QUERY_STRING);
    }
    if (redirectedFrom != null) {
      uri = redirectedFrom;
      variables.put("REDIRECT_URL", PercentCoding.decode(withoutParameters(redirectedFrom)));
      putUri(variables, "REDIRECT_QUERY_STRING", uriQuery);
    }
    putUri(variables, "REQUEST_URI", uriQuery == null ? uri : uri + "?" + uriQuery);
    variables.put("REDIRECT_STATUS", redirectStatus);
  }

  /** What no client may send in a URI and some do. */
  private void putUri(Variables variables, String name, String uri) throws BadRequestException {
    if (urisAreText) {
      variables.put(name, uri);
    } else {
      variables.putAsSent(name, uri);
    }
  }

  private static void addTls(Variables variables, HttpServletRequest request)
      throws BadRequestException {
    if (!request.isSecure()) {
      return;
    }
    variables.put("HTTPS", "on");
    variables.put("SSL_PROTOCOL", attribute(request, ATTRIBUTE + "secure_protocol"));
    variables.put("SSL_CIPHER", attribute(request, ATTRIBUTE + "cipher_suite"));
    variables.put("SSL_CIPHER_USEKEYSIZE", attribute(request, ATTRIBUTE + "key_size"));
    variables.put("SSL_SESSION_ID", attribute(request, ATTRIBUTE + "ssl_session_id"));
  }

  private void addHeaders(Variables variables, HttpServletRequest request)
      throws BadRequestException {
    Enumeration<String> names = request.getHeaderNames();
    while (names != null && names.hasMoreElements()) {
      String name = names.nextElement();
      String variable = variableName(name);
      if (variable != null && isPassed(variable)) {
        String separator = variable.equals("HTTP_COOKIE") ? "; " : ", ";
        variables.putAsSent(variable, joined(request.getHeaders(name), separator));
      }
    }
  }

  /**
   * Later versions of HTTP say in {@code :authority} what HTTP/1 says in the header Host, and
   * containers keep that from a request's headers. Where a client sends both, it is the former that
   * it means (RFC 9113, section 8.3.1).
   */
  private static void addAuthority(Variables variables, HttpServletRequest request)
      throws BadRequestException {
    if (!request.getProtocol().startsWith("HTTP/1.")) {
      String host = bracketed(request.getServerName());
      int port = request.getServerPort();
      boolean usual = port <= 0 || port == (request.getScheme().equals("https") ? 443 : 80);
      variables.put("HTTP_HOST", usual ? host : host + ":" + port);
    }
  }

  private boolean isPassed(String variable) {
    return !WITHHELD.contains(variable)
        || passAuthorization && variable.equals("HTTP_AUTHORIZATION");
  }

  /**
   * The variable of a header, or null if it gets none: only names of letters, digits and hyphens
   * have a variable that no other header has.
   */
  private static String variableName(String header) {
    if (!Grammar.isPlainHeaderName(header)) {
      return null;
    }
    char[] name = (HEADER_PREFIX + header).toCharArray();
    for (int i = HEADER_PREFIX.length(); i < name.length; i++) {
      char c = name[i];
      name[i] = c == '-' ? '_' : c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }
    return new String(name);
  }

  private static String joined(Enumeration<String> values, String separator) {
    if (values == null || !values.hasMoreElements()) {
      return null;
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return first;
    }
    StringBuilder all = new StringBuilder(first);
    while (values.hasMoreElements()) {
      all.append(separator).append(values.nextElement());
    }
    return all.toString();
  }

  private static String authType(String type) {
    if (type == null) {
      return null;
    }
    return switch (type) {
      case HttpServletRequest.BASIC_AUTH -> "Basic";
      case HttpServletRequest.DIGEST_AUTH -> "Digest";
      default -> type;
    };
  }

  private static String attribute(HttpServletRequest request, String name) {
    Object value = request.getAttribute(name);
    return value == null ? null : value.toString();
  }

  /** Makes one product token (RFC 9110, section 10.2.4) of for example "Apache Tomcat/11.0.1". */
  private static String productToken(String serverInfo) {
    String info = serverInfo == null ? "" : serverInfo.strip();
    int comment = info.indexOf('(');
    String product = (comment < 0 ? info : info.substring(0, comment)).strip();
    return product.isEmpty() ? "wasm-servlet" : product.replaceAll("[^A-Za-z0-9/.+_-]+", "-");
  }

  private static String withoutParameters(String uri) {
    int semicolon = uri.indexOf(';');
    return semicolon < 0 ? uri : uri.substring(0, semicolon);
  }

  private static String append(String directory, String path) {
    return directory.endsWith("/")
        ? directory.substring(0, directory.length() - 1) + path
        : directory + path;
  }

  private static String bracketed(String host) {
    return host != null && host.indexOf(':') >= 0 && !host.startsWith("[")
        ? "[" + host + "]"
        : host;
  }

  private static String unbracketed(String address) {
    return address != null && address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
  }

  /** Keeps NUL, which would end a C string early, out of every value. */
  private static final class Variables {
    final Map<String, String> byName = new LinkedHashMap<>(64);

    /** Adds text, which guests get in UTF-8. */
    void put(String name, String text) throws BadRequestException {
      add(name, text == null ? null : Wire.bytesOfText(text));
    }

    /** Adds what the client has sent, which guests get byte by byte. */
    void putAsSent(String name, String value) throws BadRequestException {
      add(name, value == null ? null : Wire.bytesAsSent(value));
    }

    private void add(String name, String bytes) throws BadRequestException {
      if (bytes == null) {
        return;
      }
      if (bytes.indexOf('\0') >= 0) {
        throw new BadRequestException(
            HttpServletResponse.SC_BAD_REQUEST, "a NUL character in " + name);
      }
      byName.put(name, bytes);
    }
  }
}
