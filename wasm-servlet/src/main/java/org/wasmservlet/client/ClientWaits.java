package org.wasmservlet.client;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.wasmservlet.container.ContainersOwn;

/**
 * Ends a guest's waits for its client when the guest's time is over. Containers whose waits end by
 * an interruption need nothing of it, and get the streams back as they are. Tomcat's connector
 * takes an interruption for a false alarm and waits on; there, each read and write is given the
 * time that is left as the connection's timeout. Used by one thread.
 */
public final class ClientWaits implements AutoCloseable {
  /** Who stops the guest is first, so that its end is told as what it is. */
  private static final long AFTER_NANOS = Duration.ofMillis(40).toNanos();

  private static final ClientWaits INTERRUPTIBLE = new ClientWaits(null, 0);

  private final TomcatConnection connection;
  private final long deadline;

  private ClientWaits(TomcatConnection connection, long deadline) {
    this.connection = connection;
    this.deadline = deadline;
  }

  /**
   * Begins with a guest's run.
   *
   * @param request whose client the guest may wait for
   * @param timeout when the guest is stopped
   * @return to be closed when the guest has ended
   */
  public static ClientWaits begin(ServletRequest request, Duration timeout) {
    TomcatConnection connection = TomcatInternals.connection(ContainersOwn.request(request));
    return connection == null
        ? INTERRUPTIBLE
        : new ClientWaits(connection, System.nanoTime() + timeout.toNanos() + AFTER_NANOS);
  }

  /**
   * Limits the waits of a request's body.
   *
   * @param body as the container gives it
   * @return the same bytes
   */
  public InputStream in(InputStream body) {
    return connection == null ? body : new Input(body);
  }

  /**
   * Limits the waits of a response.
   *
   * @param response as the container gives it
   * @return what goes to it
   */
  public OutputStream out(OutputStream response) {
    return connection == null ? response : new Output(response);
  }

  /** Leaves the connection as it was found. */
  @Override
  public void close() {
    if (connection != null) {
      connection.restore();
    }
  }

  private long millisLeft() {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    return Math.max(1, millis);
  }

  private final class Input extends InputStream {
    private final InputStream body;

    Input(InputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      connection.limitRead(millisLeft());
      return body.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      connection.limitRead(millisLeft());
      return body.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
      return body.available();
    }
  }

  private final class Output extends OutputStream {
    private final OutputStream response;

    Output(OutputStream response) {
      this.response = response;
    }

    @Override
    public void write(int b) throws IOException {
      connection.limitWrite(millisLeft());
      response.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      connection.limitWrite(millisLeft());
      response.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      connection.limitWrite(millisLeft());
      response.flush();
    }
  }
}
