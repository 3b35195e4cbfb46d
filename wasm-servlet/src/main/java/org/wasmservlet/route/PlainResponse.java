package org.wasmservlet.route;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/** A guest's standard output as a response's body, and nothing else (WasmEnableCGI Off). */
final class PlainResponse extends OutputStream {
  private final OutputStream body;
  private final boolean head;

  PlainResponse(HttpServletResponse response, boolean head) throws IOException {
    this.body = response.getOutputStream();
    this.head = head;
  }

  @Override
  public void write(int b) throws IOException {
    if (!head) {
      body.write(b);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!head) {
      body.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!head) {
      body.flush();
    }
  }
}
