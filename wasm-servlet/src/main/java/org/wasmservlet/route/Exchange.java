package org.wasmservlet.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.wasmservlet.cgi.BadRequestException;
import org.wasmservlet.cgi.MalformedResponseException;
import org.wasmservlet.cgi.Visible;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.StandardStream;

/**
 * One request and its response: tells the log and the client how the guest ended.
 *
 * <p>The client is told a status where that is still possible; otherwise the connection is cut. It
 * is told nothing else, for what went wrong may be a secret of the host.
 */
final class Exchange {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final String id;

  Exchange(String servletName, HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
    this.id = "[" + servletName + " " + request.getRequestId() + "]";
  }

  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  GuestLog guestLog() {
    return new GuestLog(LOGGER, id);
  }

  /** Ends an exchange whose guest did not succeed. */
  void failed(Outcome outcome) throws IOException {
    if (outcome instanceof Outcome.Exit exit) {
      fail(
          HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
          Level.WARNING,
          "exit code " + Integer.toUnsignedString(exit.code()));
    } else if (outcome instanceof Outcome.Trap trap) {
      fail(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Level.WARNING, describe(trap));
    } else if (outcome instanceof Outcome.StreamFailed failed) {
      failed(failed);
    } else if (outcome instanceof Outcome.TimedOut late) {
      fail(
          HttpServletResponse.SC_GATEWAY_TIMEOUT,
          Level.WARNING,
          "stopped after " + late.limit().toMillis() + " ms (WasmTimeout)");
    } else if (outcome instanceof Outcome.OutputExceeded exceeded) {
      fail(
          HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
          Level.WARNING,
          "stopped after " + exceeded.limit() + " bytes of output (WasmMaxOutput)");
    } else if (outcome instanceof Outcome.Interrupted) {
      fail(HttpServletResponse.SC_SERVICE_UNAVAILABLE, Level.WARNING, "interrupted");
    } else if (outcome instanceof Outcome.HostFailed failed) {
      LOGGER.log(Level.ERROR, id + " " + requestLine() + ": the host failed", failed.cause());
      answer(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private void failed(Outcome.StreamFailed failed) throws IOException {
    IOException cause = failed.cause();
    if (cause instanceof MalformedResponseException malformed) {
      failed(malformed);
    } else if (cause instanceof BadRequestException bad) {
      failed(bad);
    } else if (failed.stream() == StandardStream.STDOUT) {
      log(Level.DEBUG, "the client has gone: " + cause);
      throw cause;
    } else {
      fail(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Level.WARNING, cause.toString());
    }
  }

  /** Ends an exchange whose guest's output is no CGI response. */
  void failed(MalformedResponseException e) throws IOException {
    fail(
        HttpServletResponse.SC_BAD_GATEWAY,
        Level.WARNING,
        "malformed CGI response: " + e.getMessage());
  }

  /** Ends an exchange whose request cannot be served. */
  void failed(BadRequestException e) throws IOException {
    fail(e.status(), Level.DEBUG, e.getMessage());
  }

  /** Ends an exchange for whose guest there was no room. */
  void refused(long retryAfterSeconds) throws IOException {
    refuse("too many guests are running (WasmMaxConcurrent)", retryAfterSeconds);
  }

  /** Ends an exchange for whose guest there was no memory. */
  void refused(Outcome.Refused refused, long retryAfterSeconds) throws IOException {
    refuse(
        "the memory of all guests is used up, which may have "
            + refused.budget()
            + " bytes ("
            + TotalMemory.PARAMETER
            + ")",
        retryAfterSeconds);
  }

  private void refuse(String why, long retryAfterSeconds) throws IOException {
    log(Level.WARNING, "refused: " + why);
    response.setHeader("Retry-After", Long.toString(retryAfterSeconds));
    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  /** Ends an exchange whose guest redirects in circles. */
  void failedByRedirects(int depth) throws IOException {
    fail(
        HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
        Level.WARNING,
        "more than " + depth + " local redirects");
  }

  void log(Level level, String what) {
    if (LOGGER.isLoggable(level)) {
      LOGGER.log(level, id + " " + requestLine() + ": " + what);
    }
  }

  private void fail(int status, Level level, String what) throws IOException {
    log(level, what);
    answer(status);
  }

  private void answer(int status) throws IOException {
    if (response.isCommitted()) {
      throw new AbortedResponseException(id + " cut off: the guest failed in mid-response");
    }
    response.reset();
    response.sendError(status);
  }

  private String requestLine() {
    return request.getMethod() + " " + Visible.escape(String.valueOf(request.getRequestURI()));
  }

  private static String describe(Outcome.Trap trap) {
    StringBuilder text = new StringBuilder("trap: ").append(Visible.escape(trap.message()));
    for (String function : trap.backtrace()) {
      text.append(System.lineSeparator()).append("    at ").append(Visible.escape(function));
    }
    return text.toString();
  }
}
