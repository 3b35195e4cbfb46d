package org.wasmservlet.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.wasmservlet.admission.Admission;
import org.wasmservlet.cgi.BadRequestException;
import org.wasmservlet.cgi.RequestBody;
import org.wasmservlet.client.ClientTime;
import org.wasmservlet.exchange.Exchange;

/**
 * Prepares the bodies of a route's requests. Some must be there before their guest runs; that takes
 * the container's threads, so it is bounded as a run is: so many at once, and what one takes is
 * taken from its guest's time. Thread-safe.
 */
final class BodyReader {
  private final ClientBounds bounds;

  BodyReader(ClientBounds bounds) {
    this.bounds = bounds;
  }

  /**
   * Prepares a request's body; null if the request has been refused.
   *
   * @return to be closed
   * @throws BadRequestException if the body is too large, cannot be read or does not come in time
   */
  RequestBody open(Exchange exchange) throws IOException {
    // No client that is slow to send its body keeps the guests of other clients waiting.
    boolean whole = bounds.admission().isUnderLock();
    RequestBody body =
        RequestBody.unread(exchange.request(), exchange.input(), bounds.maxRequestBody(), whole);
    return body != null ? body : read(exchange);
  }

  private RequestBody read(Exchange exchange) throws IOException {
    Admission admission = bounds.admission();
    if (!admission.beginReading()) {
      exchange.refusedBody();
      return null;
    }
    Duration most = bounds.timeout();
    try (ClientTime time = ClientTime.begin(exchange.request(), most)) {
      try {
        return RequestBody.read(
            exchange.request(),
            exchange.input(),
            time::in,
            bounds.maxRequestBody(),
            bounds.temporaryDirectory());
      } catch (BadRequestException e) {
        throw time.isOver() ? late(most, e) : e;
      } finally {
        exchange.tookNanos(time.nanos());
      }
    } finally {
      admission.endReading();
    }
  }

  private static BadRequestException late(Duration most, BadRequestException cause) {
    return new BadRequestException(
        HttpServletResponse.SC_REQUEST_TIMEOUT,
        "the request's body took more than " + most.toMillis() + " ms (WasmTimeout)",
        cause);
  }
}
