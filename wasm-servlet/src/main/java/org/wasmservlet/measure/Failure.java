package org.wasmservlet.measure;

import java.time.Instant;

/**
 * A request that failed.
 *
 * @param at when
 * @param requestLine method and path, without query and path parameters
 * @param outcome how it ended
 * @param message what the log says about it in one line, without what the program wrote
 */
public record Failure(Instant at, String requestLine, RequestOutcome outcome, String message) {}
