package org.wasmservlet.server.tomcat;

import java.io.IOException;
import java.time.Duration;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/**
 * The usual endpoint, which has its port from when it is initialised on. Tomcat's gives such a port
 * back only when all connections are closed, so that clients would go on to wait at it.
 */
final class Listener extends NioEndpoint {
  private static final Duration LAST_BYTES = Duration.ofSeconds(1);
  private static final long LOOK_MILLIS = 5;

  Listener() {}

  /** Gives the port back; connections stay. */
  void close() throws IOException {
    doCloseServerSocket();
  }

  /**
   * Waits until no thread works for a client, for the end of a response is sent after its request.
   */
  void awaitIdle() throws InterruptedException {
    long end = System.nanoTime() + LAST_BYTES.toNanos();
    while (getExecutor() instanceof ThreadPoolExecutor threads
        && threads.getActiveCount() > 0
        && System.nanoTime() < end) {
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
