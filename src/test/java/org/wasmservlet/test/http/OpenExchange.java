package org.wasmservlet.test.http;

import java.io.Closeable;
import java.io.IOException;

/** A request whose body and response are under way. Used by one thread. */
public interface OpenExchange extends Closeable {
  /** Sends a piece of the body. */
  void send(byte[] bytes) throws IOException;

  /** Tells the server that the body is whole; a body of declared length has told it already. */
  void endBody() throws IOException;

  /** Waits until the server asks for the body of a request with {@code Expect: 100-continue}. */
  void awaitContinue() throws IOException;

  /** Waits for the response's head. */
  int readStatus() throws IOException;

  /** Waits until a text has come in the body. */
  void readUntil(String text) throws IOException;

  /** Waits for the end of a response, of which nothing has been read. */
  RawResponse read() throws IOException;

  /** Waits for the end of a response whose head has been read, and tells whether it is whole. */
  boolean endsWhole() throws IOException;

  /** Leaves the server with whatever has not been sent or read. */
  @Override
  void close() throws IOException;
}
