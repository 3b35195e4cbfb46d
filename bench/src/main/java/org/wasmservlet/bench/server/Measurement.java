package org.wasmservlet.bench.server;

/**
 * One run of wrk.
 *
 * @param kind the system
 * @param program what was asked for
 * @param connections of how many clients
 * @param load what wrk says
 * @param cpuSeconds that the system's processes took meanwhile
 * @param memory the most that they held meanwhile, in bytes
 */
record Measurement(
    Kind kind, Program program, int connections, Load load, double cpuSeconds, long memory) {
  double cpuMillisPerRequest() {
    return cpuSeconds * 1e3 / Math.max(1, load.requests());
  }

  double megabytes() {
    return memory / 1048576.0;
  }
}
