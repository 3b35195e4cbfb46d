package org.wasmservlet.measure;

/** A route that is never busy. */
public record FixedLoad(int maxRunning) implements RouteLoad {
  @Override
  public int running() {
    return 0;
  }

  @Override
  public int queued() {
    return 0;
  }

  @Override
  public int maxQueued() {
    return 100;
  }
}
