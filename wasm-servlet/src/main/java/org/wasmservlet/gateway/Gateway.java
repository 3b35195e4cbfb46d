package org.wasmservlet.gateway;

import java.io.IOException;
import org.wasmservlet.cgi.BadRequestException;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.exchange.Exchange;

/**
 * How the requests of a route are put to its program, and how its answers are read. Picked when the
 * route is made; thread-safe.
 */
public interface Gateway {
  /**
   * Whether a program is told what is asked of it.
   *
   * @return false if every request is the same to it
   */
  boolean passesRequests();

  /**
   * Takes a request up: what its program is to be told is there afterwards.
   *
   * @param exchange the request's
   * @param path how its path is divided; null if requests are not passed
   * @return to be closed; null if the request has been refused
   * @throws BadRequestException if no program can be told of it
   * @throws IOException if the client has gone, or the host fails
   */
  Call take(Exchange exchange, ScriptPath path) throws IOException;
}
