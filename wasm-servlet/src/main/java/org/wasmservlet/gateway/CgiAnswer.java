package org.wasmservlet.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.wasmservlet.cgi.CgiResponse;
import org.wasmservlet.client.ClientTime;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.exchange.Exchange;

/** A program's answer in the words of CGI, and what becomes of it. Used by the request's thread. */
final class CgiAnswer implements AutoCloseable {
  private final Exchange exchange;
  private final CgiResponse response;
  private final Duration heldTimeout;
  private final boolean exitCodeCounts;

  /**
   * Makes an answer to which nothing has been written.
   *
   * @param response this answer's to close
   * @param heldTimeout how long the client may take for what was held; null if nothing is
   * @param exitCodeCounts whether a program whose exit code is not 0 has failed even though it has
   *     written a header
   */
  CgiAnswer(Exchange exchange, CgiResponse response, Duration heldTimeout, boolean exitCodeCounts) {
    this.exchange = exchange;
    this.response = response;
    this.heldTimeout = heldTimeout;
    this.exitCodeCounts = exitCodeCounts;
  }

  /** Header and body, as RFC 3875 has them in section 6. */
  OutputStream output() {
    return response;
  }

  /**
   * As {@link Call#conclude}.
   *
   * @param whole whether the program can have written all that it had to say, however it ended
   */
  String conclude(Outcome outcome, boolean whole) throws IOException {
    if (!stands(outcome, whole && response.hasHeader() && !exitCodeCounts)) {
      return null;
    }
    finish();
    return response.localRedirect();
  }

  /** Whether the program's own response does; if not, the exchange has been told. */
  private boolean stands(Outcome outcome, boolean isResponse) throws IOException {
    if (outcome instanceof Outcome.Success) {
      return true;
    }
    if (outcome instanceof Outcome.Refused refused) {
      if (refused.failure() instanceof Outcome.Exit && isResponse && exchange.isCommitted()) {
        exchange.refusedAfterResponding(refused);
        return true;
      }
      exchange.refused(refused);
      return false;
    }
    if (outcome instanceof Outcome.Exit exit && isResponse) {
      // As httpd: a program says by its header what its response is, and not by its exit code.
      exchange.exitedAfterResponding(exit);
      return true;
    }
    exchange.failed(outcome, response.discarded());
    return false;
  }

  /** What was held is sent when no guest runs: no longer than it could have been one's own. */
  private void finish() throws IOException {
    if (heldTimeout == null) {
      response.finish(UnaryOperator.identity());
      return;
    }
    try (ClientTime time = ClientTime.begin(exchange.request(), heldTimeout)) {
      response.finish(time::out);
    }
  }

  @Override
  public void close() throws IOException {
    response.close();
  }
}
