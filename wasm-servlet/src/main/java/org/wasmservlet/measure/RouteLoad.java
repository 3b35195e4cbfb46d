package org.wasmservlet.measure;

/** How busy a route is, and how busy it may be. Thread-safe. */
public interface RouteLoad {
  /**
   * Programs that run now.
   *
   * @return how many
   */
  int running();

  /**
   * Requests that wait for a program to end.
   *
   * @return how many
   */
  int queued();

  /**
   * WasmMaxConcurrent.
   *
   * @return how many programs may run at once
   */
  int maxRunning();

  /**
   * WasmMaxQueue.
   *
   * @return how many requests may wait
   */
  int maxQueued();
}
