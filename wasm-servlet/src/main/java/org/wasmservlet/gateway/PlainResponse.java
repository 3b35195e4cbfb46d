package org.wasmservlet.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.wasmservlet.cgi.Beginning;

/** A guest's standard output as a response's body, and nothing else (WasmEnableCGI Off). */
final class PlainResponse extends OutputStream {
  private final Beginning beginning = new Beginning();
  private final OutputStream body;
  private final boolean head;

  PlainResponse(HttpServletResponse response, boolean head) throws IOException {
    this.body = response.getOutputStream();
    this.head = head;
  }

  /** What the guest began with, for the log; empty if it has written nothing. */
  String discarded() {
    return beginning.quoted();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    beginning.add(bytes, offset, length);
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
