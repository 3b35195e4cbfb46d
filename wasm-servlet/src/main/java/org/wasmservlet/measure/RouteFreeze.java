package org.wasmservlet.measure;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a route's program is started once and resumed for each request. Immutable.
 *
 * @param state whether it is
 * @param reason where it was frozen; why it is not; or why what is there is older than its files
 * @param since when it was frozen; null if it is not
 * @param bytes what is kept of it in the heap; 0 if it is not frozen
 * @param watchedFiles how many files it is watched for
 * @param took how long that took; null if it is not frozen
 */
public record RouteFreeze(
    State state, String reason, Instant since, long bytes, int watchedFiles, Duration took) {
  /** Of a route whose program is not to be frozen. */
  public static final RouteFreeze OFF = cold(State.OFF, "");

  /**
   * Of a program that is not frozen.
   *
   * @param state why, in a word
   * @param reason why
   * @return without figures
   */
  public static RouteFreeze cold(State state, String reason) {
    return new RouteFreeze(state, reason, null, 0, 0, null);
  }

  /**
   * Adds what is frozen for some of the requests.
   *
   * @param script that these are for
   * @param state of that
   * @return all of it
   */
  public RouteFreeze and(String script, RouteFreeze other) {
    return new RouteFreeze(
        state,
        reason + "; " + script + ": " + other.reason,
        since,
        bytes + other.bytes,
        watchedFiles + other.watchedFiles,
        took);
  }

  /** What requests meet. */
  public enum State {
    /** A program that begins anew for each, as the route says. */
    OFF("off"),
    /** No frozen program, but one is being made. */
    FREEZING("freezing"),
    /** No frozen program. */
    COLD("cold"),
    /** A frozen program. */
    FROZEN("frozen");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /**
     * As people and machines read it.
     *
     * @return a constant
     */
    public String label() {
      return label;
    }
  }
}
