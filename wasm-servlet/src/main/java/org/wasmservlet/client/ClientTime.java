package org.wasmservlet.client;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import org.wasmservlet.container.ContainersOwn;
import org.wasmservlet.core.TimeLimit;

/**
 * Limits how long a client may take to send or to take something while no guest runs, however
 * little it sends or takes at a time. Used by one thread.
 */
public final class ClientTime implements AutoCloseable {
  private final ServletRequest request;
  private final ClientWaits waits;
  private final TimeLimit limit;

  private ClientTime(ServletRequest request, Duration most) {
    this.request = request;
    this.waits = ClientWaits.begin(request, most);
    this.limit = TimeLimit.begin(most);
  }

  /**
   * Begins.
   *
   * @param request whose client is waited for
   * @param most how long it may take
   * @return to be closed by this thread
   */
  public static ClientTime begin(ServletRequest request, Duration most) {
    return new ClientTime(request, most);
  }

  /**
   * Limits the time of a request's body.
   *
   * @param body as the container gives it
   * @return the same bytes; a read fails once the time is over
   */
  public InputStream in(InputStream body) {
    return new FilterInputStream(waits.in(body)) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        check();
        try {
          return super.read(bytes, offset, length);
        } catch (IOException e) {
          if (limit.isOver()) {
            TomcatInternals.answer(
                ContainersOwn.request(request), HttpServletResponse.SC_REQUEST_TIMEOUT);
          }
          throw e;
        }
      }
    };
  }

  /**
   * Limits the time of a response's body.
   *
   * @param response as the container gives it
   * @return what goes to it; a write fails once the time is over
   */
  public OutputStream out(OutputStream response) {
    OutputStream limited = waits.out(response);
    return new FilterOutputStream(limited) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        check();
        limited.write(bytes, offset, length);
      }
    };
  }

  private void check() throws InterruptedIOException {
    if (limit.isOver()) {
      TomcatInternals.leaveRest(ContainersOwn.request(request));
      throw new InterruptedIOException("the client's time is over");
    }
  }

  /**
   * Tells whether the client has taken too long.
   *
   * @return whether reads and writes fail for that
   */
  public boolean isOver() {
    return limit.isOver();
  }

  /**
   * How long the client has taken so far.
   *
   * @return nanoseconds
   */
  public long nanos() {
    return limit.nanos();
  }

  @Override
  public void close() {
    try {
      limit.close();
    } finally {
      waits.close();
    }
  }
}
