package org.wasmservlet.core.reference;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * All requests that it takes to fetch one module: together they have one time, whatever servers do.
 * By https, and to the machine's own servers by http too; a redirect leads nowhere else, and takes
 * no credentials to another server. Belongs to one thread.
 */
public final class Transfer {
  private static final int REDIRECTS_AT_MOST = 5;
  private static final long LOOK_MILLIS = 100;
  private static final String AUTHORIZATION = "Authorization";

  /** Threads are needed for some seconds, by a client that is not used again. */
  private static final long IDLE_THREAD_SECONDS = 1;

  private final FetchLimits limits;
  private final HttpClient client;
  private final Progress progress;
  private final long start = System.nanoTime();

  /**
   * Begins to.
   *
   * @param reference what is fetched
   * @param tls which certificates are trusted; null for those of the JVM
   */
  Transfer(ModuleReference reference, FetchLimits limits, SSLContext tls) {
    this.limits = limits;
    this.progress = new Progress(reference, start);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .executor(
                new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_THREAD_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    Transfer::thread));
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.client = build(builder);
  }

  /** Its own thread outlives it for some seconds, and is of no web application either. */
  private static HttpClient build(HttpClient.Builder builder) {
    Thread caller = Thread.currentThread();
    ClassLoader callers = caller.getContextClassLoader();
    caller.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      return builder.build();
    } finally {
      caller.setContextClassLoader(callers);
    }
  }

  /** Of no web application. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "wasm-fetch", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    return thread;
  }

  /**
   * What is asked for.
   *
   * @param uri where
   * @param headers values by name; Authorization is for the server of that address alone
   */
  public record Request(URI uri, Map<String, String> headers) {}

  /**
   * How large a module may be.
   *
   * @return bytes
   */
  public long mostBytes() {
    return limits.bytes();
  }

  /**
   * Asks for something, and follows redirects.
   *
   * @param request what
   * @param mostBytes that may come
   * @param content gets what has come if the answer {@linkplain Answer#isOk is OK}, from another
   *     thread; nothing else is written to it
   * @return the answer
   * @throws UnreachableException if none has come, or not to its end, or not in time
   * @throws IOException if it is not to be used, or the thread is interrupted; the message says why
   */
  public Answer get(Request request, long mostBytes, OutputStream content) throws IOException {
    URI uri = request.uri;
    Map<String, String> headers = new LinkedHashMap<>(request.headers);
    Origin.requireAllowed(uri);
    for (int redirects = 0; redirects <= REDIRECTS_AT_MOST; redirects++) {
      ContentReceiver receiver = new ContentReceiver(uri, mostBytes, content, progress);
      Answer answer = send(asking(uri, headers).GET(), receiver);
      String location = Origin.redirect(answer);
      if (location == null) {
        return answer;
      }
      URI next = Origin.follow(uri, location);
      if (!Origin.isSame(uri, next)) {
        headers.remove(AUTHORIZATION);
      }
      uri = next;
    }
    throw new IOException(
        ModuleReference.shown(request.uri)
            + " redirects more than "
            + REDIRECTS_AT_MOST
            + " times");
  }

  /**
   * Sends a form, which has what others may not know: a redirect is not followed.
   *
   * @param uri where
   * @param form as {@code application/x-www-form-urlencoded} has it
   * @param mostBytes that may come
   * @param content gets what has come, as with {@link #get}
   * @return the answer, which may be a redirect
   * @throws UnreachableException if none has come, or not to its end, or not in time
   * @throws IOException if it is not to be used, or the thread is interrupted; the message says
   *     why, and nothing of the form
   */
  public Answer post(URI uri, String form, long mostBytes, OutputStream content)
      throws IOException {
    Origin.requireAllowed(uri);
    return send(
        asking(uri, Map.of("Content-Type", "application/x-www-form-urlencoded"))
            .POST(HttpRequest.BodyPublishers.ofString(form)),
        new ContentReceiver(uri, mostBytes, content, progress));
  }

  private static HttpRequest.Builder asking(URI uri, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "wasm-servlet");
    headers.forEach(request::header);
    return request;
  }

  private Answer send(HttpRequest.Builder builder, ContentReceiver receiver) throws IOException {
    HttpRequest request = builder.build();
    URI uri = request.uri();
    progress.alive();
    CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(request, receiver);
    boolean done = false;
    try {
      HttpResponse<Void> response = await(uri, sent);
      done = true;
      return new Answer(uri, response.statusCode(), response.headers().map());
    } catch (ExecutionException e) {
      receiver.rethrow();
      throw new UnreachableException(
          ModuleReference.shown(uri) + " cannot be had: " + reason(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it was being fetched");
    } finally {
      if (!done) {
        sent.cancel(true);
      }
    }
  }

  private HttpResponse<Void> await(URI uri, CompletableFuture<HttpResponse<Void>> sent)
      throws IOException, ExecutionException, InterruptedException {
    while (true) {
      try {
        return sent.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        requireInTime(limits.stall(), progress.sinceAlive(), uri, "nothing has come for ");
        requireInTime(limits.total(), System.nanoTime() - start, uri, "it is not there after ");
        progress.tell();
      }
    }
  }

  private static void requireInTime(Duration limit, long nanos, URI uri, String what)
      throws IOException {
    if (nanos > limit.toNanos()) {
      throw new UnreachableException(
          ModuleReference.shown(uri) + ": " + what + seconds(limit) + ", which is the limit", null);
    }
  }

  static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** The client's own messages of the usual failures are empty. */
  private static String reason(Throwable failure) {
    if (failure instanceof ConnectException) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnresolvedAddressException) {
          return "no such host";
        }
      }
    }
    if (failure.getMessage() != null) {
      return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
    return failure instanceof ConnectException
        ? "the connection was refused"
        : failure.getClass().getSimpleName();
  }
}
