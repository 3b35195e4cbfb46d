package org.wasmservlet.server.tomcat;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Counts the requests that run, those that go on after their thread has left them too. */
final class RunningRequests extends ValveBase {
  private final Object lock = new Object();
  private int count;

  RunningRequests() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    add(1);
    boolean goesOn = false;
    try {
      getNext().invoke(request, response);
      if (request.isAsync()) {
        request.getAsyncContextInternal().addListener(new End());
        goesOn = true;
      }
    } finally {
      if (!goesOn) {
        add(-1);
      }
    }
  }

  private void add(int change) {
    synchronized (lock) {
      count += change;
      lock.notifyAll();
    }
  }

  /**
   * Waits until none is left.
   *
   * @return how many are left when the time is over
   */
  int await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      long left = end - System.nanoTime();
      while (count > 0 && left > 0) {
        // A little more than nothing: 0 would be without end.
        lock.wait(left / 1_000_000 + 1);
        left = end - System.nanoTime();
      }
      return count;
    }
  }

  int count() {
    synchronized (lock) {
      return count;
    }
  }

  /** The end of a request that had no thread. */
  private final class End implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      add(-1);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // It is completed after that.
    }

    @Override
    public void onError(AsyncEvent event) {
      // It is completed after that.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
