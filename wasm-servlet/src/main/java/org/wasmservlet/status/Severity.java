package org.wasmservlet.status;

import org.wasmservlet.measure.RequestOutcome;

/** How bad an outcome is for whoever keeps the server; the page's style has a class for each. */
enum Severity {
  /** As it should be. */
  GOOD,
  /** The client's affair. */
  QUIET,
  /** There was not room enough. */
  BUSY,
  /** Something is broken. */
  BAD;

  static Severity of(RequestOutcome outcome) {
    return switch (outcome) {
      case SUCCESS -> GOOD;
      case CLIENT_GONE, BAD_REQUEST, BODY_TOO_LARGE -> QUIET;
      case REFUSED, REFUSED_MEMORY, INTERRUPTED -> BUSY;
      case EXIT, TRAP, TIMEOUT, OUTPUT_EXCEEDED, BAD_RESPONSE, HOST_FAILED -> BAD;
    };
  }

  String cssClass() {
    return switch (this) {
      case GOOD -> "good";
      case QUIET -> "quiet";
      case BUSY -> "busy";
      case BAD -> "bad";
    };
  }

  long count(RouteStatus route) {
    long sum = 0;
    for (RequestOutcome outcome : RequestOutcome.values()) {
      if (of(outcome) == this) {
        sum += route.count(outcome);
      }
    }
    return sum;
  }

  static long failures(RouteStatus route) {
    return BUSY.count(route) + BAD.count(route);
  }
}
