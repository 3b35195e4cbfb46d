package org.wasmservlet.test.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** An exchange over HTTP/2: a connection with one stream. */
final class Http2Exchange implements OpenExchange {
  private static final long TIMEOUT_SECONDS = 120;

  private final long declared;
  private final boolean head;
  private final Session session;
  private final Stream stream;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private MetaData.Response response;
  private RawResponse.End end;
  private Throwable why;
  private IOException unsent;
  private boolean invited;
  private long sent;

  /** What came: a head, a piece of the body, or the end and why. The others are null. */
  private record Event(MetaData.Response head, byte[] data, RawResponse.End end, Throwable why) {}

  Http2Exchange(int port, String method, String target, long length, String... headerLines)
      throws IOException {
    this.declared = length;
    this.head = method.equals("HEAD");
    this.session =
        await(
            Client.SHARED.connect(new InetSocketAddress("127.0.0.1", port), new SessionListener()));
    HttpFields.Mutable fields = HttpFields.build();
    String authority = RawHttp.AUTHORITY;
    for (String line : headerLines) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      if (name.equals("Host")) {
        authority = value;
      } else {
        fields.add(new HttpField(name, value));
      }
    }
    if (length >= 0) {
      fields.add("Content-Length", Long.toString(length));
    }
    MetaData.Request request =
        new MetaData.Request(
            method,
            HttpURI.from("http://" + authority + target),
            HttpVersion.HTTP_2,
            fields,
            length >= 0 ? length : -1);
    boolean bodiless = length == Protocol.NO_BODY || length == 0;
    this.stream =
        await(session.newStream(new HeadersFrame(request, null, bodiless), new StreamListener()));
  }

  /** Started once for all exchanges; its threads are daemons. */
  private static final class Client {
    static final HTTP2Client SHARED = start();

    private static HTTP2Client start() {
      try {
        HTTP2Client client = new HTTP2Client();
        client.setIdleTimeout(TimeUnit.SECONDS.toMillis(2 * TIMEOUT_SECONDS));
        client.start();
        return client;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final class SessionListener implements Session.Listener {
    @Override
    public void onClose(
        Session session, org.eclipse.jetty.http2.frames.GoAwayFrame frame, Callback callback) {
      // Jetty tells of a connection that is closed without a frame as of one with it.
      ended(
          frame.getError() == ErrorCode.NO_ERROR.code
              ? RawResponse.End.CLOSED
              : RawResponse.End.GOAWAY,
          new IOException(frame.toString()));
      callback.succeeded();
    }

    @Override
    public void onFailure(Session session, Throwable failure, Callback callback) {
      ended(RawResponse.End.CLOSED, failure);
      callback.succeeded();
    }
  }

  private final class StreamListener implements Stream.Listener {
    @Override
    public void onHeaders(Stream stream, HeadersFrame frame) {
      if (frame.getMetaData() instanceof MetaData.Response complete) {
        events.add(new Event(complete, null, null, null));
      }
      if (frame.isEndStream()) {
        ended(RawResponse.End.WHOLE, null);
      } else {
        stream.demand();
      }
    }

    @Override
    public void onDataAvailable(Stream stream) {
      Stream.Data data = stream.readData();
      if (data == null) {
        stream.demand();
        return;
      }
      ByteBuffer buffer = data.frame().getByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      boolean last = data.frame().isEndStream();
      data.release();
      events.add(new Event(null, bytes, null, null));
      if (last) {
        ended(RawResponse.End.WHOLE, null);
      } else {
        stream.demand();
      }
    }

    @Override
    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
      ended(RawResponse.End.RESET, new IOException(frame.toString()));
      callback.succeeded();
    }

    @Override
    public void onFailure(
        Stream stream, int error, String reason, Throwable failure, Callback callback) {
      ended(RawResponse.End.CLOSED, failure);
      callback.succeeded();
    }
  }

  private void ended(RawResponse.End how, Throwable why) {
    events.add(new Event(null, null, how, why));
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    sent += bytes.length;
    data(ByteBuffer.wrap(bytes), sent == declared);
  }

  @Override
  public void endBody() throws IOException {
    if (declared == Protocol.UNKNOWN_LENGTH) {
      data(ByteBuffer.allocate(0), true);
    }
  }

  private void data(ByteBuffer bytes, boolean last) throws IOException {
    try {
      await(stream.data(new DataFrame(stream.getId(), bytes, last)));
    } catch (IOException e) {
      unsent = e;
      throw e;
    }
  }

  @Override
  public void awaitContinue() throws IOException {
    while (!invited) {
      if (response != null || end != null) {
        throw new IOException("answered with " + response);
      }
      take();
    }
  }

  @Override
  public int readStatus() throws IOException {
    while (response == null) {
      if (end != null) {
        throw endOf("no response: " + end);
      }
      take();
    }
    return response.getStatus();
  }

  @Override
  public void readUntil(String text) throws IOException {
    while (!body.toString(ISO_8859_1).contains(text)) {
      if (end != null) {
        throw endOf(end + " after: " + body.toString(ISO_8859_1));
      }
      take();
    }
  }

  @Override
  public RawResponse read() throws IOException {
    while (end == null) {
      take();
    }
    int status = readStatus();
    List<RawResponse.Header> headers = new ArrayList<>();
    for (HttpField field : response.getHttpFields()) {
      headers.add(new RawResponse.Header(field.getName(), field.getValue()));
    }
    return new RawResponse(status, List.copyOf(headers), body.toByteArray(), checked(end));
  }

  @Override
  public boolean endsWhole() throws IOException {
    return read().whole();
  }

  /** A body that is shorter than its Content-Length is none, however the stream ended. */
  private RawResponse.End checked(RawResponse.End how) {
    long length = response.getHttpFields().getLongField("Content-Length");
    boolean bodiless = head || response.getStatus() == 204 || response.getStatus() == 304;
    boolean wrong = length >= 0 && !bodiless && length != body.size();
    return how == RawResponse.End.WHOLE && wrong ? RawResponse.End.SHORT : how;
  }

  private EOFException endOf(String message) {
    EOFException thrown = new EOFException(message + (why == null ? "" : ", " + why));
    thrown.initCause(why);
    if (unsent != null) {
      thrown.addSuppressed(unsent);
    }
    return thrown;
  }

  private void take() throws IOException {
    Event event;
    try {
      event = events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (event == null) {
      throw new IOException("nothing came");
    }
    if (event.head != null && event.head.getStatus() < 200) {
      invited |= event.head.getStatus() == 100;
    } else if (event.head != null) {
      response = event.head;
    } else if (event.data != null) {
      body.writeBytes(event.data);
    } else if (event.end != null) {
      end = event.end;
      why = event.why;
    }
  }

  @Override
  public void close() throws IOException {
    session.close(ErrorCode.NO_ERROR.code, "", Callback.NOOP);
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IOException(e);
    }
  }
}
