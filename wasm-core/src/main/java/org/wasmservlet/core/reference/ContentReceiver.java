package org.wasmservlet.core.reference;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes what a server sends, as much as it may. Content of other answers than OK goes nowhere. */
final class ContentReceiver
    implements HttpResponse.BodyHandler<Void>, HttpResponse.BodySubscriber<Void> {
  private static final int OK = 200;

  /** What is read of an answer that says why there is no content. */
  private static final long MOST_OF_OTHERS = 1 << 20;

  private final URI uri;
  private final Progress progress;
  private final OutputStream wanted;
  private final long mostWanted;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private OutputStream content = OutputStream.nullOutputStream();
  private long most = MOST_OF_OTHERS;
  private long received;
  private Flow.Subscription subscription;

  /** What kept it from taking more: not the server's doing. */
  private volatile IOException refusal;

  ContentReceiver(URI uri, long most, OutputStream content, Progress progress) {
    this.uri = uri;
    this.mostWanted = most;
    this.wanted = content;
    this.progress = progress;
  }

  /** Throws what kept it from taking more, if anything did. */
  void rethrow() throws IOException {
    if (refusal != null) {
      throw refusal;
    }
  }

  @Override
  public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo response) {
    progress.alive();
    if (response.statusCode() == OK) {
      content = wanted;
      most = mostWanted;
      long length = response.headers().firstValueAsLong("content-length").orElse(-1);
      progress.expect(length);
      if (length > most) {
        refuse(new IOException(tooLarge("has " + length + " bytes")));
      }
    }
    return this;
  }

  private String tooLarge(String what) {
    return ModuleReference.shown(uri) + " " + what + ", and the limit is " + most;
  }

  private void refuse(IOException e) {
    refusal = e;
    end.completeExceptionally(e);
  }

  @Override
  public CompletionStage<Void> getBody() {
    return end;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (refusal == null) {
      given.request(1);
    } else {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    progress.alive();
    try {
      for (ByteBuffer buffer : buffers) {
        received += buffer.remaining();
        if (received > most) {
          throw new IOException(tooLarge("has more bytes than it may"));
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        content.write(bytes);
      }
      progress.received(received);
      subscription.request(1);
    } catch (IOException e) {
      subscription.cancel();
      refuse(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }
}
