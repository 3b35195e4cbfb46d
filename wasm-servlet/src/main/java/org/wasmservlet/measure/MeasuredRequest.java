package org.wasmservlet.measure;

import java.time.Duration;
import java.time.Instant;
import org.wasmservlet.cgi.Visible;

/**
 * One request on its way through a route. Belongs to the request's thread, which calls {@link
 * #waits}, {@link #runs}, {@link #ran} and {@link #end} in this order, and leaves out what does not
 * happen; others see what is final.
 */
public final class MeasuredRequest {
  private static final int MESSAGE_AT_MOST = 300;

  private final RouteMetrics route;
  private final String method;
  private final String uri;
  private final long arrived = System.nanoTime();

  private long asked;
  private long admitted;
  private int place = -1;
  private RequestOutcome outcome = RequestOutcome.SUCCESS;
  private String message;

  MeasuredRequest(RouteMetrics route, String method, String uri) {
    this.route = route;
    this.method = method;
    this.uri = uri;
  }

  /** It asks for a program to run. */
  public void waits() {
    asked = System.nanoTime();
  }

  /** Its program may run. */
  public void runs() {
    admitted = System.nanoTime();
    place = route.running().enter(this);
  }

  /**
   * Its program has run, however that ended.
   *
   * @param instantiationNanos what making the instance took
   * @param guestNanos what the program took
   * @param peakMemory the most memory that it had, in bytes
   * @param resumed whether it went on from where it was frozen
   */
  public void ran(long instantiationNanos, long guestNanos, long peakMemory, boolean resumed) {
    route.running().leave(place);
    route.ran(instantiationNanos, guestNanos, peakMemory, resumed);
  }

  /**
   * It does not succeed.
   *
   * @param how it ends
   * @param why one line for people, or null
   */
  public void fails(RequestOutcome how, String why) {
    outcome = how;
    message = why;
  }

  /**
   * How it ends as far as is known.
   *
   * @return success until it has failed
   */
  public RequestOutcome outcome() {
    return outcome;
  }

  /** It is over. */
  public void end() {
    long now = System.nanoTime();
    if (asked != 0) {
      route.waited((admitted == 0 ? now : admitted) - asked);
    }
    if (admitted != 0) {
      route.took(now - arrived);
    }
    route.ended(outcome);
    if (outcome.isFailure()) {
      route.failed(new Failure(Instant.now(), requestLine(), outcome, shortened(message)));
    }
  }

  /**
   * What was asked for.
   *
   * @return the method and the path as the client wrote it; neither query nor path parameters, for
   *     they may hold secrets such as the number of a session
   */
  public String requestLine() {
    return shortened(method + " " + withoutParameters(String.valueOf(uri)));
  }

  /**
   * How old it is.
   *
   * @param now when, as {@link System#nanoTime()} tells time
   * @return time since it arrived
   */
  public Duration age(long now) {
    return Duration.ofNanos(now - arrived);
  }

  private static String withoutParameters(String path) {
    if (path.indexOf(';') < 0) {
      return path;
    }
    StringBuilder plain = new StringBuilder(path.length());
    boolean inParameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      inParameter = c == ';' || inParameter && c != '/';
      if (!inParameter) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static String shortened(String text) {
    if (text == null) {
      return "";
    }
    return Visible.escape(
        text.length() <= MESSAGE_AT_MOST ? text : text.substring(0, MESSAGE_AT_MOST) + "…");
  }
}
