package org.wasmservlet.client;

/** A client's connection on Tomcat. Times are in milliseconds; below 1 they are without end. */
final class TomcatConnection {
  private final Object socket;
  private final TomcatTimeout read;
  private final TomcatTimeout write;
  private final long usualRead;
  private final long usualWrite;

  TomcatConnection(Object socket, TomcatTimeout read, TomcatTimeout write) {
    this.socket = socket;
    this.read = read;
    this.write = write;
    this.usualRead = read.get(socket);
    this.usualWrite = write.get(socket);
  }

  /** Has the next read wait no longer than this, nor longer than it would have. */
  void limitRead(long millis) {
    read.limit(socket, shorter(millis, usualRead));
  }

  /** Has the next write wait no longer than this, nor longer than it would have. */
  void limitWrite(long millis) {
    write.limit(socket, shorter(millis, usualWrite));
  }

  /** Leaves the connection's timeouts as they were found. */
  void restore() {
    read.set(socket, usualRead);
    write.set(socket, usualWrite);
  }

  private static long shorter(long millis, long usual) {
    return usual > 0 ? Math.min(millis, usual) : millis;
  }
}
