package org.wasmservlet.core.reference;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What a server has answered, after redirects.
 *
 * @param from whom it is
 * @param status of HTTP
 * @param headers values by name, in lower case
 */
public record Answer(URI from, int status, Map<String, List<String>> headers) {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVERS_FAULT = 500;

  /** Whether the content came with it. */
  public boolean isOk() {
    return status == OK;
  }

  /**
   * A header's values.
   *
   * @param name in lower case
   * @return none if it is not there
   */
  public List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /**
   * Refuses every answer without content.
   *
   * @throws IOException that tells who has answered, and what
   */
  public void requireOk() throws IOException {
    if (isOk()) {
      return;
    }
    String message = ModuleReference.shown(from) + " answers with status " + status;
    if (status == TOO_MANY || status >= SERVERS_FAULT) {
      throw new UnreachableException(message, null);
    }
    throw new IOException(message);
  }
}
