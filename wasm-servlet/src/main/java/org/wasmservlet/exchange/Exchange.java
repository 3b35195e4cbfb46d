package org.wasmservlet.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.wasmservlet.cgi.BadRequestException;
import org.wasmservlet.cgi.ClientInput;
import org.wasmservlet.cgi.MalformedResponseException;
import org.wasmservlet.cgi.Visible;
import org.wasmservlet.cgi.VisibleThrowable;
import org.wasmservlet.client.CutResponse;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.StandardStream;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteMetrics;

/**
 * One request and its response: tells the log, the client and the metrics how the guest ended.
 *
 * <p>The client is told a status where that is still possible; otherwise the connection is cut. It
 * is told nothing else, for what went wrong may be a secret of the host.
 */
public final class Exchange {
  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final String route;
  private final MeasuredRequest measured;
  private final long retryAfterSeconds;
  private final ClientInput input;
  private long tookNanos;

  /** Null until it is asked for. */
  private GuestLog guestLog;

  /**
   * Begins an exchange; {@link #end} must follow.
   *
   * @param route the servlet's or filter's name, for the log
   * @param metrics of the route
   * @param retryAfterSeconds when a client may try again that is refused
   * @param request the request
   * @param response to which nothing has been written
   */
  public Exchange(
      String route,
      RouteMetrics metrics,
      long retryAfterSeconds,
      HttpServletRequest request,
      HttpServletResponse response) {
    this.request = request;
    this.response = response;
    this.route = route;
    this.measured = metrics.begin(request.getMethod(), request.getRequestURI());
    this.retryAfterSeconds = retryAfterSeconds;
    this.input = new ClientInput(request, response);
  }

  /**
   * What is asked.
   *
   * @return the request as it was dispatched
   */
  public HttpServletRequest request() {
    return request;
  }

  /**
   * Where the answer goes.
   *
   * @return the request's response
   */
  public HttpServletResponse response() {
    return response;
  }

  /**
   * The request as metrics see it.
   *
   * @return to be told what becomes of it
   */
  public MeasuredRequest measured() {
    return measured;
  }

  /**
   * The request's body.
   *
   * @return nothing of which has been read here
   */
  public ClientInput input() {
    return input;
  }

  /** Tells what of the guest's time its client has taken before. */
  public void tookNanos(long nanos) {
    tookNanos = nanos;
  }

  /** What is left of a guest's time. */
  public Duration left(Duration timeout) {
    return timeout.minusNanos(tookNanos);
  }

  /**
   * Whether the client wants no body.
   *
   * @return true for HEAD
   */
  public boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  /**
   * Where the guest's diagnostics go.
   *
   * @return the same one every time
   */
  public GuestLog guestLog() {
    if (guestLog == null) {
      guestLog = new GuestLog(LOGGER, this::id);
    }
    return guestLog;
  }

  /** Ends the measurement, whatever the exchange has come to. */
  public void end() {
    measured.end();
  }

  /** What leaves the servlet has already been told, or comes of a client that has gone. */
  public void escaped(Throwable thrown) {
    if (measured.outcome() != RequestOutcome.SUCCESS) {
      return;
    }
    if (thrown instanceof IOException) {
      measured.fails(RequestOutcome.CLIENT_GONE, null);
      cutOffFromClient();
    } else {
      measured.fails(RequestOutcome.HOST_FAILED, thrown.getClass().getName());
    }
  }

  /**
   * Ends an exchange whose guest did not succeed.
   *
   * @param discarded what the guest's output began with, quoted; for the log alone
   */
  public void failed(Outcome outcome, String discarded) throws IOException {
    if (outcome instanceof Outcome.Exit exit) {
      measured.fails(RequestOutcome.EXIT, OutcomeText.describe(exit));
      fail(
          HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
          Level.WARNING,
          OutcomeText.describe(exit) + OutcomeText.discarded(discarded));
    } else if (outcome instanceof Outcome.Trap trap) {
      measured.fails(RequestOutcome.TRAP, OutcomeText.summary(trap));
      fail(
          HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
          Level.WARNING,
          OutcomeText.describe(trap) + OutcomeText.discarded(discarded));
    } else if (outcome instanceof Outcome.StreamFailed failed) {
      failed(failed);
    } else if (outcome instanceof Outcome.TimedOut late) {
      fail(
          RequestOutcome.TIMEOUT,
          HttpServletResponse.SC_GATEWAY_TIMEOUT,
          "stopped after " + late.limit().toMillis() + " ms (WasmTimeout)");
    } else if (outcome instanceof Outcome.OutputExceeded exceeded) {
      fail(
          RequestOutcome.OUTPUT_EXCEEDED,
          HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
          "stopped after " + exceeded.limit() + " bytes of output (WasmMaxOutput)");
    } else if (outcome instanceof Outcome.Interrupted) {
      fail(RequestOutcome.INTERRUPTED, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "interrupted");
    } else if (outcome instanceof Outcome.HostFailed failed) {
      // No message: it may hold what only the log may.
      measured.fails(RequestOutcome.HOST_FAILED, failed.cause().getClass().getName());
      LOGGER.log(
          Level.ERROR,
          id() + " " + requestLine() + ": the host failed",
          VisibleThrowable.of(failed.cause()));
      answer(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  /** Tells of an exit code beside a response that stands. */
  public void exitedAfterResponding(Outcome.Exit exit) {
    measured.fails(RequestOutcome.EXIT, OutcomeText.describe(exit));
    log(Level.WARNING, OutcomeText.describe(exit) + ", after its response");
  }

  private void failed(Outcome.StreamFailed failed) throws IOException {
    IOException cause = failed.cause();
    if (cause instanceof MalformedResponseException malformed) {
      failed(malformed);
    } else if (cause instanceof BadRequestException bad) {
      failed(bad);
    } else if (failed.stream() == StandardStream.STDOUT) {
      measured.fails(RequestOutcome.CLIENT_GONE, null);
      log(
          Level.DEBUG,
          "the client has gone: " + Visible.escape(cause.toString(), OutcomeText.LINE_AT_MOST));
      cutOffFromClient();
      throw cause;
    } else {
      measured.fails(RequestOutcome.CLIENT_GONE, null);
      fail(
          HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
          Level.WARNING,
          Visible.escape(cause.toString(), OutcomeText.LINE_AT_MOST));
    }
  }

  /** Ends an exchange whose guest's output is no CGI response. */
  public void failed(MalformedResponseException e) throws IOException {
    measured.fails(RequestOutcome.BAD_RESPONSE, "malformed CGI response: " + e.reason());
    fail(
        HttpServletResponse.SC_BAD_GATEWAY,
        Level.WARNING,
        "malformed CGI response: " + e.getMessage());
  }

  /** Ends an exchange whose request cannot be served. */
  public void failed(BadRequestException e) throws IOException {
    boolean clients = e.status() < HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    measured.fails(
        e.status() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
            ? RequestOutcome.BODY_TOO_LARGE
            : clients ? RequestOutcome.BAD_REQUEST : RequestOutcome.HOST_FAILED,
        e.getMessage());
    fail(e.status(), clients ? Level.DEBUG : Level.WARNING, e.getMessage());
  }

  /** Ends an exchange for whose guest there was no room. */
  public void refused() throws IOException {
    refuse(RequestOutcome.REFUSED, "too many guests are running (WasmMaxConcurrent)");
  }

  /** Ends an exchange for whose body there was no room. */
  public void refusedBody() throws IOException {
    refuse(RequestOutcome.REFUSED, "too many requests' bodies are being read (WasmMaxQueue)");
  }

  /** Ends an exchange whose guest's module is not there yet. */
  public void notReady() throws IOException {
    refuse(RequestOutcome.REFUSED, "the module is not loaded yet, or could not be (WasmPreload)");
  }

  /** Ends an exchange of a route whose program must be frozen, and is not. */
  public void notFrozen() throws IOException {
    refuse(RequestOutcome.REFUSED, "the program is not frozen (WasmUnfrozen Refuse)");
  }

  /** Ends an exchange for whose guest there was no memory, or not enough. */
  public void refused(Outcome.Refused refused) throws IOException {
    refuse(RequestOutcome.REFUSED_MEMORY, OutcomeText.describe(refused));
  }

  /** Tells of memory that was refused beside a response that stands, for it has gone out. */
  public void refusedAfterResponding(Outcome.Refused refused) {
    measured.fails(RequestOutcome.REFUSED_MEMORY, OutcomeText.describe(refused));
    log(Level.WARNING, OutcomeText.describe(refused) + ", after its response");
  }

  /**
   * Whether the response has begun to go out.
   *
   * @return true if its status cannot be changed
   */
  public boolean isCommitted() {
    return response.isCommitted();
  }

  private void refuse(RequestOutcome outcome, String why) throws IOException {
    measured.fails(outcome, why);
    log(Level.WARNING, "refused: " + why);
    if (input.isAnswered()) {
      return;
    }
    if (response.isCommitted()) {
      throw cutOff();
    }
    response.reset();
    response.setHeader("Retry-After", Long.toString(retryAfterSeconds));
    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  /** Ends an exchange whose guest redirects in circles. */
  public void failedByRedirects(int depth) throws IOException {
    fail(
        RequestOutcome.BAD_RESPONSE,
        HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
        "more than " + depth + " local redirects");
  }

  private void log(Level level, String what) {
    if (LOGGER.isLoggable(level)) {
      LOGGER.log(level, id() + " " + requestLine() + ": " + what);
    }
  }

  /** For what log and metrics tell in the same words. */
  private void fail(RequestOutcome outcome, int status, String what) throws IOException {
    measured.fails(outcome, what);
    fail(status, Level.WARNING, what);
  }

  private void fail(int status, Level level, String what) throws IOException {
    log(level, what);
    answer(status);
  }

  private void answer(int status) throws IOException {
    if (input.isAnswered()) {
      return;
    }
    if (response.isCommitted()) {
      throw cutOff();
    }
    response.reset();
    response.sendError(status);
  }

  /** One that was only slow must not take what it has got for the whole. */
  private void cutOffFromClient() {
    if (response.isCommitted()) {
      CutResponse.prepare(request);
    }
  }

  private AbortedResponseException cutOff() {
    CutResponse.prepare(request);
    return new AbortedResponseException(id() + " cut off: the guest failed in mid-response");
  }

  /** Whose lines in the log these are; made when there is one, which is seldom. */
  private String id() {
    return "[" + route + " " + request.getRequestId() + "]";
  }

  private String requestLine() {
    return Visible.escape(
        request.getMethod() + " " + request.getRequestURI(), OutcomeText.LINE_AT_MOST);
  }
}
