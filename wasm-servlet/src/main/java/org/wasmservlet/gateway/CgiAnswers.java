package org.wasmservlet.gateway;

import org.wasmservlet.cgi.CgiResponse;
import org.wasmservlet.cgi.HeldBody;
import org.wasmservlet.exchange.Exchange;

/** Begins the answers of a route's programs. Thread-safe. */
final class CgiAnswers {
  private final ClientBounds bounds;

  CgiAnswers(ClientBounds bounds) {
    this.bounds = bounds;
  }

  /** No client that is slow to take its page keeps the guests of other clients waiting. */
  CgiAnswer begin(Exchange exchange) {
    boolean held = bounds.admission().isUnderLock();
    CgiResponse response =
        held
            ? new CgiResponse(
                exchange.request(), exchange.response(), new HeldBody(bounds.temporaryDirectory()))
            : new CgiResponse(exchange.request(), exchange.response());
    return new CgiAnswer(exchange, response, held ? bounds.timeout() : null);
  }
}
