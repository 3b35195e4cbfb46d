package org.wasmservlet.measure;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.wasmservlet.core.WasmLimits;

/**
 * What the requests of one route have done since the web application was started. Thread-safe; a
 * request passes without locks.
 *
 * <p>Requests are those that are meant for a program: files, redirects to them and what is not
 * found are the container's to count.
 */
public final class RouteMetrics {
  private final RouteIdentity identity;
  private final WasmLimits limits;
  private final RouteLoad load;
  private final LongAdder[] outcomes = new LongAdder[RequestOutcome.values().length];
  private final LongAdder queueNanos = new LongAdder();
  private final LongAdder instantiationNanos = new LongAdder();
  private final LongAdder guestNanos = new LongAdder();
  private final LongAdder runs = new LongAdder();
  private final LongAdder resumed = new LongAdder();
  private final LongAdder tookNanos = new LongAdder();
  private final AtomicLong peakMemory = new AtomicLong();
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final RecentFailures failures = new RecentFailures();
  private final RunningRequests running;

  /**
   * Begins to count.
   *
   * @param identity which route
   * @param limits of its programs
   * @param load how busy it is
   */
  public RouteMetrics(RouteIdentity identity, WasmLimits limits, RouteLoad load) {
    this.identity = identity;
    this.limits = limits;
    this.load = load;
    this.running = new RunningRequests(load.maxRunning());
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = new LongAdder();
    }
  }

  /**
   * A request has come.
   *
   * @param method as the client wrote it
   * @param uri the path as the client wrote it, without a query
   * @return its measurement, to be ended
   */
  public MeasuredRequest begin(String method, String uri) {
    return new MeasuredRequest(this, method, uri);
  }

  /**
   * Which route this is.
   *
   * @return its names
   */
  public RouteIdentity identity() {
    return identity;
  }

  /**
   * What a program may use.
   *
   * @return the limits
   */
  public WasmLimits limits() {
    return limits;
  }

  /**
   * How busy the route is.
   *
   * @return the present state, not a copy
   */
  public RouteLoad load() {
    return load;
  }

  /**
   * Counts the requests that ended in a way.
   *
   * @param outcome which way
   * @return how many
   */
  public long count(RequestOutcome outcome) {
    return outcomes[outcome.ordinal()].sum();
  }

  /**
   * Counts the requests that have ended.
   *
   * @return the sum over all outcomes
   */
  public long requests() {
    long sum = 0;
    for (LongAdder outcome : outcomes) {
      sum += outcome.sum();
    }
    return sum;
  }

  /**
   * How long requests have waited for WasmMaxConcurrent.
   *
   * @return nanoseconds of all requests together
   */
  public long queueNanos() {
    return queueNanos.sum();
  }

  /**
   * How long instances took to make.
   *
   * @return nanoseconds of all runs together
   */
  public long instantiationNanos() {
    return instantiationNanos.sum();
  }

  /**
   * How long programs ran, waiting for clients and files included.
   *
   * @return nanoseconds of all runs together
   */
  public long guestNanos() {
    return guestNanos.sum();
  }

  /**
   * Counts the programs that have run, however they ended.
   *
   * @return how many
   */
  public long runs() {
    return runs.sum();
  }

  /**
   * Counts the runs that went on from where the program was frozen.
   *
   * @return how many of {@link #runs()}
   */
  public long resumed() {
    return resumed.sum();
  }

  /**
   * How long the requests took whose programs ran, from their arrival to their end.
   *
   * @return nanoseconds of all of them together
   */
  public long tookNanos() {
    return tookNanos.sum();
  }

  /**
   * The most memory that one program of this route has had.
   *
   * @return bytes
   */
  public long peakMemory() {
    return peakMemory.get();
  }

  /**
   * How long the requests took whose programs ran, one by one.
   *
   * @return a copy
   */
  public Latencies latencies() {
    return latencies.snapshot();
  }

  /**
   * The last failures.
   *
   * @return a few, the newest first
   */
  public List<Failure> recentFailures() {
    return failures.list();
  }

  /**
   * The requests whose programs run now.
   *
   * @return all, or the first thousand, in no order
   */
  public List<MeasuredRequest> runningRequests() {
    return running.list();
  }

  RunningRequests running() {
    return running;
  }

  void ended(RequestOutcome outcome) {
    outcomes[outcome.ordinal()].increment();
  }

  void waited(long nanos) {
    queueNanos.add(nanos);
  }

  void ran(long instantiation, long guest, long memory, boolean wentOn) {
    runs.increment();
    if (wentOn) {
      resumed.increment();
    }
    instantiationNanos.add(instantiation);
    guestNanos.add(guest);
    // Almost always read only.
    if (memory > peakMemory.get()) {
      peakMemory.accumulateAndGet(memory, Math::max);
    }
  }

  void took(long nanos) {
    tookNanos.add(nanos);
    latencies.record(nanos);
  }

  void failed(Failure failure) {
    failures.add(failure);
  }
}
