package org.wasmservlet.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.wasmservlet.cgi.RequestBody;

/**
 * A request in the words of CGI, whatever protocol brings them to the program.
 *
 * @param variables values by name; each character is a byte
 * @param content the body, which is this request's to close
 */
record CgiRequest(Map<String, String> variables, RequestBody content) implements AutoCloseable {
  /** As many bytes as CONTENT_LENGTH says. */
  InputStream body() {
    return content.stream();
  }

  /** How many; 0 where there is no body. */
  long length() {
    return Math.max(0, content.length());
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
