package org.wasmservlet.client;

/** A client's connection on Tomcat. Times are in milliseconds; below 1 they are without end. */
final class TomcatConnection {
  private final TomcatInternals internals;
  private final Object socket;
  private final long readTimeout;
  private final long writeTimeout;

  TomcatConnection(TomcatInternals internals, Object socket) {
    this.internals = internals;
    this.socket = socket;
    this.readTimeout = internals.readTimeout(socket);
    this.writeTimeout = internals.writeTimeout(socket);
  }

  /** Has the next read wait no longer than this, nor longer than it would have. */
  void limitRead(long millis) {
    internals.readTimeout(socket, shorter(millis, readTimeout));
    internals.readsNow(socket);
  }

  /** Has the next write wait no longer than this, nor longer than it would have. */
  void limitWrite(long millis) {
    internals.writeTimeout(socket, shorter(millis, writeTimeout));
    internals.writesNow(socket);
  }

  /** Leaves the connection's timeouts as they were found. */
  void restore() {
    internals.readTimeout(socket, readTimeout);
    internals.writeTimeout(socket, writeTimeout);
  }

  private static long shorter(long millis, long usual) {
    return usual > 0 ? Math.min(millis, usual) : millis;
  }
}
