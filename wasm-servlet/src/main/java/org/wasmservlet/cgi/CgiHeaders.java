package org.wasmservlet.cgi;

import java.util.List;

/**
 * The header of a CGI response, checked against the grammar (RFC 3875, section 6).
 *
 * @param status the {@code Status} field's code, or 0 if there is none
 * @param location the {@code Location} field, or null
 * @param contentType the {@code Content-Type} field, or null
 * @param contentLength the {@code Content-Length} field in bytes, or -1
 * @param others every other field, in order; hop-by-hop fields are not among them
 */
record CgiHeaders(
    int status, String location, String contentType, long contentLength, List<Field> others) {

  /**
   * One field.
   *
   * @param name a token
   * @param value without control characters but for tabs
   */
  record Field(String name, String value) {}

  CgiHeaders {
    others = List.copyOf(others);
  }

  /** Whether the only field is a Location that names a path on this server (section 6.2.2). */
  boolean isLocalRedirect() {
    return isBareLocation()
        && location.startsWith("/")
        // "//host/path" names another server.
        && !location.startsWith("//");
  }

  /** Whether a Location makes this a redirect of the client though no Status says so. */
  boolean isClientRedirect() {
    return location != null && status == 0 && !isLocalRedirect();
  }

  private boolean isBareLocation() {
    return location != null
        && status == 0
        && contentType == null
        && contentLength < 0
        && others.isEmpty();
  }
}
