package org.wasmservlet.gateway;

import org.wasmservlet.cgi.CgiResponse;
import org.wasmservlet.cgi.HeldBody;
import org.wasmservlet.exchange.Exchange;

/** Begins the answers of a route's programs. Thread-safe. */
final class CgiAnswers {
  private final ClientBounds bounds;
  private final boolean exitCodeCounts;

  /**
   * Makes what begins them.
   *
   * @param exitCodeCounts whether a program whose exit code is not 0 has failed even though it has
   *     written a header
   */
  CgiAnswers(ClientBounds bounds, boolean exitCodeCounts) {
    this.bounds = bounds;
    this.exitCodeCounts = exitCodeCounts;
  }

  /** No client that is slow to take its page keeps the guests of other clients waiting. */
  CgiAnswer begin(Exchange exchange) {
    boolean held = bounds.admission().isUnderLock();
    CgiResponse response =
        held
            ? new CgiResponse(
                exchange.request(), exchange.response(), new HeldBody(bounds.temporaryDirectory()))
            : new CgiResponse(exchange.request(), exchange.response());
    return new CgiAnswer(exchange, response, held ? bounds.timeout() : null, exitCodeCounts);
  }
}
