package org.wasmservlet.core;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** The body of a client that sends nothing; the first interruption is swallowed, as Tomcat does. */
final class SilentInput extends InputStream {
  private final CountDownLatch never = new CountDownLatch(1);
  private boolean swallowed;

  @Override
  public int read() throws IOException {
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        if (swallowed) {
          throw new IOException(e);
        }
        swallowed = true;
      }
    }
  }
}
