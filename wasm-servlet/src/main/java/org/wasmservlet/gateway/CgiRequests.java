package org.wasmservlet.gateway;

import java.io.IOException;
import java.util.Map;
import org.wasmservlet.cgi.BadRequestException;
import org.wasmservlet.cgi.MetaVariables;
import org.wasmservlet.cgi.RequestBody;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.exchange.Exchange;
import org.wasmservlet.warmup.WarmUpRequest;

/** Puts a route's requests into the words of CGI. Thread-safe. */
final class CgiRequests {
  private final MetaVariables metaVariables;
  private final BodyReader bodies;
  private final Map<String, String> overrides;

  /**
   * Makes what puts them so.
   *
   * @param overrides what the configuration says in the request's place; each character is a byte
   */
  CgiRequests(MetaVariables metaVariables, BodyReader bodies, Map<String, String> overrides) {
    this.metaVariables = metaVariables;
    this.bodies = bodies;
    this.overrides = Map.copyOf(overrides);
  }

  /**
   * Takes a request up.
   *
   * @return to be closed; null if the request has been refused
   * @throws BadRequestException if its body is too large, cannot be read or does not come in time,
   *     or if no program can be told of it
   */
  CgiRequest take(Exchange exchange, ScriptPath path) throws IOException {
    RequestBody body = bodies.open(exchange);
    if (body == null) {
      return null;
    }
    boolean taken = false;
    try {
      Map<String, String> variables = metaVariables.of(exchange.request(), path, body.length());
      variables.putAll(WarmUpRequest.variables(exchange.request()));
      overrides.forEach((name, value) -> variables.replace(name, value));
      taken = true;
      return new CgiRequest(variables, body);
    } finally {
      if (!taken) {
        body.close();
      }
    }
  }
}
