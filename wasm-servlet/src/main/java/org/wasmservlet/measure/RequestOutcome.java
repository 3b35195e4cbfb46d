package org.wasmservlet.measure;

import java.util.Locale;

/** How a request that was meant for a program ended. */
public enum RequestOutcome {
  /** The program ended as it should, and its response went out. */
  SUCCESS("success"),
  /** The program exited with a code other than 0. */
  EXIT("exit code"),
  /** The program trapped. */
  TRAP("trap"),
  /** The program was stopped after WasmTimeout. */
  TIMEOUT("timeout"),
  /** The program was stopped after WasmMaxOutput. */
  OUTPUT_EXCEEDED("too much output"),
  /** What the program wrote is no CGI response, or redirects in circles. */
  BAD_RESPONSE("bad response"),
  /** The request's body is larger than WasmMaxRequestBody: 413. */
  BODY_TOO_LARGE("body too large"),
  /** The request cannot be passed to a program: another status of the 4xx class. */
  BAD_REQUEST("bad request"),
  /** There was no room for one more program, WasmMaxConcurrent: 503. */
  REFUSED("refused: busy"),
  /** There was no memory for one more program, wasmMemoryBudget: 503. */
  REFUSED_MEMORY("refused: memory"),
  /** The client went away, or its connection broke, before the response was whole. */
  CLIENT_GONE("client gone"),
  /** The container interrupted the thread: 503. */
  INTERRUPTED("interrupted"),
  /** A fault of the host, not of the program: 500, and a stack trace in the log. */
  HOST_FAILED("host failed");

  private final String label;

  RequestOutcome(String label) {
    this.label = label;
  }

  /**
   * For people.
   *
   * @return a few words
   */
  public String label() {
    return label;
  }

  /**
   * For machines.
   *
   * @return a word of small letters, with underscores
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether somebody should know the cause: a client that goes away has its own reasons.
   *
   * @return true for what belongs among the recent failures
   */
  public boolean isFailure() {
    return this != SUCCESS && this != CLIENT_GONE;
  }
}
