package org.wasmservlet.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.wasmservlet.cgi.BadRequestException;
import org.wasmservlet.cgi.RequestBody;
import org.wasmservlet.client.ClientTime;

/**
 * Prepares the bodies of a route's requests. Some must be there before their guest runs; that takes
 * the container's threads, so it is bounded as a run is: so many at once, and what one takes is
 * taken from its guest's time. Thread-safe.
 */
final class BodyReader {
  private final Route route;

  BodyReader(Route route) {
    this.route = route;
  }

  /**
   * Prepares a request's body; null if the request has been refused.
   *
   * @return to be closed
   * @throws BadRequestException if the body is too large, cannot be read or does not come in time
   */
  RequestBody open(HttpServletRequest request, Exchange exchange) throws IOException {
    // No client that is slow to send its body keeps the guests of other clients waiting.
    boolean whole = route.admission().isUnderLock();
    RequestBody body = RequestBody.unread(request, exchange.input(), route.maxRequestBody(), whole);
    return body != null ? body : read(request, exchange);
  }

  private RequestBody read(HttpServletRequest request, Exchange exchange) throws IOException {
    Admission admission = route.admission();
    if (!admission.beginReading()) {
      exchange.refusedBody(admission.retryAfterSeconds());
      return null;
    }
    Duration most = route.timeout();
    try (ClientTime time = ClientTime.begin(request, most)) {
      try {
        return RequestBody.read(
            request,
            exchange.input(),
            time::in,
            route.maxRequestBody(),
            route.temporaryDirectory());
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
