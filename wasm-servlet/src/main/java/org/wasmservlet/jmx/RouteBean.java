package org.wasmservlet.jmx;

import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteMetrics;
import org.wasmservlet.metrics.RouteMXBean;

final class RouteBean implements RouteMXBean {
  private static final double NANOS_PER_MILLI = 1e6;

  private final RouteMetrics route;

  RouteBean(RouteMetrics route) {
    this.route = route;
  }

  @Override
  public String getModule() {
    return route.identity().module().file().toString();
  }

  @Override
  public String getState() {
    return route.identity().module().state().label();
  }

  @Override
  public long getRequests() {
    return route.requests();
  }

  @Override
  public long getSuccesses() {
    return route.count(RequestOutcome.SUCCESS);
  }

  @Override
  public long getExitFailures() {
    return route.count(RequestOutcome.EXIT);
  }

  @Override
  public long getTraps() {
    return route.count(RequestOutcome.TRAP);
  }

  @Override
  public long getTimeouts() {
    return route.count(RequestOutcome.TIMEOUT);
  }

  @Override
  public long getOutputsExceeded() {
    return route.count(RequestOutcome.OUTPUT_EXCEEDED);
  }

  @Override
  public long getBadResponses() {
    return route.count(RequestOutcome.BAD_RESPONSE);
  }

  @Override
  public long getBodiesTooLarge() {
    return route.count(RequestOutcome.BODY_TOO_LARGE);
  }

  @Override
  public long getBadRequests() {
    return route.count(RequestOutcome.BAD_REQUEST);
  }

  @Override
  public long getRefusals() {
    return route.count(RequestOutcome.REFUSED);
  }

  @Override
  public long getMemoryRefusals() {
    return route.count(RequestOutcome.REFUSED_MEMORY);
  }

  @Override
  public long getClientsGone() {
    return route.count(RequestOutcome.CLIENT_GONE);
  }

  @Override
  public long getInterruptions() {
    return route.count(RequestOutcome.INTERRUPTED);
  }

  @Override
  public long getHostFailures() {
    return route.count(RequestOutcome.HOST_FAILED);
  }

  @Override
  public int getRunning() {
    return route.load().running();
  }

  @Override
  public int getMaxRunning() {
    return route.load().maxRunning();
  }

  @Override
  public int getQueued() {
    return route.load().queued();
  }

  @Override
  public int getMaxQueued() {
    return route.load().maxQueued();
  }

  @Override
  public long getRuns() {
    return route.runs();
  }

  @Override
  public double getInstantiationTimeMillis() {
    return route.instantiationNanos() / NANOS_PER_MILLI;
  }

  @Override
  public double getGuestTimeMillis() {
    return route.guestNanos() / NANOS_PER_MILLI;
  }

  @Override
  public double getQueueTimeMillis() {
    return route.queueNanos() / NANOS_PER_MILLI;
  }

  @Override
  public long getMemoryHighWaterMark() {
    return route.peakMemory();
  }

  @Override
  public double getLatencyMillis50() {
    return route.latencies().percentile(50);
  }

  @Override
  public double getLatencyMillis90() {
    return route.latencies().percentile(90);
  }

  @Override
  public double getLatencyMillis99() {
    return route.latencies().percentile(99);
  }
}
