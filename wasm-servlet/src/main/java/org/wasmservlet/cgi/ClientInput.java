package org.wasmservlet.cgi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request's body as the container gives it. It notices where a container takes a failed read for
 * its own affair: Tomcat answers it with 408 or 400 there and then, and whoever answers later finds
 * the response gone.
 */
public final class ClientInput extends BlockInput {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private InputStream stream;
  private boolean answered;

  /**
   * Makes the input of an exchange.
   *
   * @param request whose body nothing has read yet
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
    stream = request.getInputStream();
    return this;
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
