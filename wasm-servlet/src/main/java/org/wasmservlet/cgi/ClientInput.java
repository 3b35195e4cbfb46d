package org.wasmservlet.cgi;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.wasmservlet.container.ContainersOwn;

/**
 * A request's body as the container gives it. It notices where a container takes a failed read for
 * its own affair: Tomcat answers it with 408 or 400 there and then, and whoever answers later finds
 * the response gone.
 */
public final class ClientInput extends BlockInput {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private ServletInputStream given;
  private InputStream stream;
  private boolean answered;
  private boolean replaced;
  private boolean taken;

  /**
   * Makes the input of an exchange.
   *
   * @param request whose body a filter may have read or replaced
   * @param response its response
   */
  public ClientInput(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  /**
   * Begins to take the body: a client that expects to be told to go on is told so, which Jetty does
   * not do once the response is committed.
   */
  ClientInput open() throws IOException {
    given = streamOf(request);
    if (given == null) {
      // A filter has asked for the reader, and may have left it unread.
      replaced = true;
      stream = new ReaderInput(request.getReader(), readersCharset());
      return this;
    }
    stream = given;
    ServletRequest own = ContainersOwn.request(request);
    replaced = own != request && streamOf(own) != given;
    if (!replaced && mayBeAtItsEnd()) {
      lookWhetherAnythingIsLeft();
    }
    return this;
  }

  /**
   * Undertow's input notices that nothing is left, and asks a client that waits to be asked, only
   * when somebody tries to take something. It cannot ask once the response is committed.
   */
  private boolean mayBeAtItsEnd() {
    try {
      given.available();
    } catch (IOException e) {
      // Whoever reads is told.
      return false;
    }
    return given.isFinished() || ReadBody.hasBeenRead(request);
  }

  /** Whether a filter gives another body than the client's, of whatever length. */
  boolean isReplaced() {
    return replaced;
  }

  /** Whether all of the client's body had been read before this began to. */
  boolean isTaken() {
    return taken;
  }

  /** Whether the client has sent all that it declared, whoever has read it. */
  boolean isFinished() {
    return given != null && given.isFinished();
  }

  /** Nothing is waited for: what is finished has come. */
  private void lookWhetherAnythingIsLeft() throws IOException {
    int next = given.read();
    taken = next < 0;
    if (!taken) {
      PushbackInputStream whole = new PushbackInputStream(given, 1);
      whole.unread(next);
      stream = whole;
    }
  }

  private static ServletInputStream streamOf(ServletRequest request) throws IOException {
    try {
      return request.getInputStream();
    } catch (IllegalStateException e) {
      // Its reader is in use.
      return null;
    }
  }

  private Charset readersCharset() {
    String named = request.getCharacterEncoding();
    return named == null ? StandardCharsets.ISO_8859_1 : Charset.forName(named);
  }

  /**
   * Tells who answers.
   *
   * @return whether the container has answered a failed read with an error of its own, which will
   *     reach the client
   */
  public boolean isAnswered() {
    return answered;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    boolean committed = response.isCommitted();
    try {
      return stream.read(bytes, offset, length);
    } catch (IOException e) {
      answered = !committed && response.isCommitted();
      throw e;
    }
  }

  @Override
  public int available() throws IOException {
    return stream.available();
  }
}
