package org.wasmservlet.container;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.TreeSet;

/**
 * How large a response's header may be. A container that finds one too large as it sends it has no
 * way back: what the client gets is no answer.
 *
 * @param bytes that the header may have
 * @param setting what the container calls the limit
 */
public record ResponseHeaderLimit(long bytes, String setting) {
  /** For what containers add as they send it: a date, how the connection goes on, a coding. */
  private static final int ADDED = 256;

  /** What a name and a value count beside themselves (RFC 9113, section 6.5.2). */
  private static final int HTTP_2_FIELD = 32;

  /**
   * What a frame of HTTP/2 holds (RFC 9113, section 6.5.2). Tomcat makes a longer one for a field
   * that does not fit, and the client ends the whole connection.
   */
  private static final int HTTP_2_FRAME = 16_384;

  /** A colon, a blank and the end of the line. */
  private static final int HTTP_1_FIELD = 4;

  /**
   * Finds the limit of a request's connection.
   *
   * @param request any request on it
   * @return null if it is not known
   */
  public static ResponseHeaderLimit of(ServletRequest request) {
    ServletRequest own = ContainersOwn.request(request);
    try {
      if (Internals.isA(own, Internals.TOMCATS_REQUEST)) {
        return isHttp1(request)
            ? ofTomcat(own)
            : new ResponseHeaderLimit(HTTP_2_FRAME, "a frame of HTTP/2; no setting of Tomcat");
      }
      return Internals.isA(own, Internals.JETTYS_REQUEST) ? ofJetty(own) : null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version than those that are known.
      return null;
    }
  }

  private static ResponseHeaderLimit ofTomcat(Object facade) throws ReflectiveOperationException {
    Object connector = Internals.call(Internals.field(facade, "request"), "getConnector");
    Object limit =
        Internals.call(
            Internals.call(connector, "getProtocolHandler"), "getMaxHttpResponseHeaderSize");
    return new ResponseHeaderLimit(
        ((Number) limit).longValue(), "maxHttpResponseHeaderSize of Tomcat's Connector");
  }

  private static ResponseHeaderLimit ofJetty(Object request) throws ReflectiveOperationException {
    Object connection =
        Internals.call(Internals.call(request, "getRequest"), "getConnectionMetaData");
    Object configuration = Internals.call(connection, "getHttpConfiguration");
    int most = ((Number) Internals.call(configuration, "getResponseHeaderSize")).intValue();
    try {
      Object larger = Internals.call(configuration, "getMaxResponseHeaderSize");
      most = Math.max(most, ((Number) larger).intValue());
    } catch (NoSuchMethodException e) {
      // Jetty 12.0 knows one size.
    }
    return new ResponseHeaderLimit(
        most, "responseHeaderSize and maxResponseHeaderSize of Jetty's HttpConfiguration");
  }

  /**
   * Measures a header that has not been sent.
   *
   * @param request whose response it is
   * @param response with its status and fields
   * @return bytes, with what the container may add
   */
  public static long measure(ServletRequest request, HttpServletResponse response) {
    boolean http1 = isHttp1(request);
    int field = http1 ? HTTP_1_FIELD : HTTP_2_FIELD;
    long bytes = ADDED;
    String type = response.getContentType();
    bytes += type == null ? 0 : type.length();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : response.getHeaderNames()) {
      // Tomcat names a field as often as there are lines of it.
      if (seen.add(name) && !name.equalsIgnoreCase("Content-Type")) {
        for (String value : response.getHeaders(name)) {
          bytes += name.length() + field + (http1 ? value.length() : encodedLength(value));
        }
      }
    }
    return bytes;
  }

  /** No less than what Huffman's code makes of a value (RFC 7541, appendix B). */
  private static long encodedLength(String value) {
    long bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      bytes += alphanumeric ? 1 : c < 0x80 ? 3 : 4;
    }
    return bytes;
  }

  private static boolean isHttp1(ServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1.");
  }
}
