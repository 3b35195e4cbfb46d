package org.wasmservlet.metrics;

import java.util.List;
import java.util.Map;

/**
 * One WasmServlet or WasmFilter: {@code org.wasmservlet:type=Route,host=…,context=…,servlet=…}, or
 * {@code filter=…} at the end.
 *
 * <p>Counters count from the start of the route on. Requests are those that are meant for a
 * program: static files, redirects to them and what is not found are the container's to count.
 */
public interface RouteMXBean {
  /**
   * What it is mapped to.
   *
   * @return URL patterns
   */
  List<String> getPatterns();

  /**
   * The module that runs.
   *
   * @return its file's path, or the reference that it is named by
   */
  String getModule();

  /**
   * Whether it can be run.
   *
   * @return {@code ready}, {@code loading} (or being warmed up; requests wait), {@code failed}
   *     (requests get 503), or {@code not loaded} because nobody has asked for it
   */
  String getState();

  /**
   * Whether requests resume a program that was started once (WasmFreeze).
   *
   * @return {@code off}, {@code frozen}, {@code freezing} (for the first time), or {@code cold}
   */
  String getFreeze();

  /**
   * Why that is so.
   *
   * @return a sentence's end; empty where it is off
   */
  String getFreezeReason();

  /**
   * Since when the present state is there.
   *
   * @return a time as ISO 8601 has it, in UTC; empty if there is none
   */
  String getFrozenSince();

  /**
   * What is kept of the frozen program in the heap.
   *
   * @return bytes
   */
  long getFrozenBytes();

  /**
   * What freezing it took.
   *
   * @return milliseconds
   */
  long getFreezeTimeMillis();

  /**
   * The files that the program looked at before it was frozen: a change of one has it frozen anew.
   *
   * @return how many
   */
  int getWatchedFiles();

  /**
   * Runs that went on from where the program was frozen.
   *
   * @return how many of {@link #getRuns()}
   */
  long getResumed();

  /**
   * All requests that have ended.
   *
   * @return the sum of the twelve kinds that follow and of the successes
   */
  long getRequests();

  /**
   * The same by the way in which they ended.
   *
   * @return how many, by the names that {@code wasm_requests_total} has too
   */
  Map<String, Long> getOutcomes();

  /**
   * Programs that ended as they should.
   *
   * @return how many
   */
  long getSuccesses();

  /**
   * Programs that exited with another code than 0.
   *
   * @return how many
   */
  long getExitFailures();

  /**
   * Programs that trapped.
   *
   * @return how many
   */
  long getTraps();

  /**
   * Programs that were stopped after WasmTimeout (504).
   *
   * @return how many
   */
  long getTimeouts();

  /**
   * Programs that were stopped after WasmMaxOutput.
   *
   * @return how many
   */
  long getOutputsExceeded();

  /**
   * Programs whose output is no CGI response (502), or that redirect in circles.
   *
   * @return how many
   */
  long getBadResponses();

  /**
   * Requests whose body is larger than WasmMaxRequestBody (413).
   *
   * @return how many
   */
  long getBodiesTooLarge();

  /**
   * Requests that cannot be passed to a program (another 4xx).
   *
   * @return how many
   */
  long getBadRequests();

  /**
   * Requests for which there was no room (503): WasmMaxConcurrent, WasmMaxQueue, WasmQueueTimeout.
   *
   * @return how many
   */
  long getRefusals();

  /**
   * Requests for which there was no memory (503): wasmMemoryBudget.
   *
   * @return how many
   */
  long getMemoryRefusals();

  /**
   * Requests whose client went away.
   *
   * @return how many
   */
  long getClientsGone();

  /**
   * Programs whose thread the container interrupted (503).
   *
   * @return how many
   */
  long getInterruptions();

  /**
   * Faults of the host (500).
   *
   * @return how many
   */
  long getHostFailures();

  /**
   * Programs that run now.
   *
   * @return how many
   */
  int getRunning();

  /**
   * WasmMaxConcurrent.
   *
   * @return how many may run at once
   */
  int getMaxRunning();

  /**
   * Requests that wait for WasmMaxConcurrent.
   *
   * @return how many
   */
  int getQueued();

  /**
   * WasmMaxQueue.
   *
   * @return how many may wait
   */
  int getMaxQueued();

  /**
   * Programs that have run.
   *
   * @return how many; what to divide the two times by that follow
   */
  long getRuns();

  /**
   * How long instances took to make.
   *
   * @return milliseconds of all runs together
   */
  double getInstantiationTimeMillis();

  /**
   * How long programs ran, waiting included.
   *
   * @return milliseconds of all runs together
   */
  double getGuestTimeMillis();

  /**
   * How long requests waited for WasmMaxConcurrent.
   *
   * @return milliseconds of all requests together
   */
  double getQueueTimeMillis();

  /**
   * The most memory that one program has had.
   *
   * @return bytes
   */
  long getMemoryHighWaterMark();

  /**
   * WasmMemoryLimit.
   *
   * @return bytes that one program may have
   */
  long getMemoryLimit();

  /**
   * WasmTimeout.
   *
   * @return milliseconds that one program may run
   */
  long getTimeoutMillis();

  /**
   * What the fastest request took, from arrival to end.
   *
   * @return milliseconds; 0 if there were none
   */
  double getLatencyMillisLeast();

  /**
   * What the slowest request took.
   *
   * @return milliseconds; 0 if there were none
   */
  double getLatencyMillisMost();

  /**
   * A histogram of what requests took.
   *
   * @return from the first range that has a request to the last that has one
   */
  List<LatencyBucket> getLatencyBuckets();

  /**
   * The requests whose programs run now.
   *
   * @return all, or the first thousand, in no order
   */
  List<RunningRequest> getRunningRequests();

  /**
   * The last failures.
   *
   * @return a few, the newest first
   */
  List<RecentFailure> getRecentFailures();

  /**
   * What half of the requests took at most, from arrival to end.
   *
   * @return milliseconds, estimated; 0 if there were none
   */
  double getLatencyMillis50();

  /**
   * What 90% of the requests took at most.
   *
   * @return milliseconds, estimated; 0 if there were none
   */
  double getLatencyMillis90();

  /**
   * What 99% of the requests took at most.
   *
   * @return milliseconds, estimated; 0 if there were none
   */
  double getLatencyMillis99();

  /** A range of times, and how many requests took that long. */
  interface LatencyBucket {
    /**
     * Where it begins.
     *
     * @return the first microsecond that belongs to it
     */
    long getFromMicros();

    /**
     * Where it ends.
     *
     * @return the first microsecond that does not belong to it
     */
    long getToMicros();

    /**
     * How many requests took that long.
     *
     * @return a number of requests
     */
    long getCount();
  }

  /** A request whose program runs. */
  interface RunningRequest {
    /**
     * When it came.
     *
     * @return milliseconds ago
     */
    double getAgeMillis();

    /**
     * What was asked for.
     *
     * @return method and path, without query and path parameters
     */
    String getRequest();
  }

  /** A request that failed. */
  interface RecentFailure {
    /**
     * When it failed.
     *
     * @return a time as ISO 8601 has it, in UTC
     */
    String getAt();

    /**
     * How it ended.
     *
     * @return one of the names of {@link #getOutcomes()}
     */
    String getOutcome();

    /**
     * What was asked for.
     *
     * @return method and path, without query and path parameters
     */
    String getRequest();

    /**
     * Why it failed.
     *
     * @return what the log says about it in one line, without what the program wrote
     */
    String getMessage();
  }
}
