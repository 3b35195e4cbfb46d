package org.wasmservlet.gateway;

import java.io.IOException;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmExecution;

/**
 * A call in the words of CGI.
 *
 * @param request what is asked; this call's to close
 * @param answer where the answer goes; this call's to close
 * @param protocol how they get to the program
 */
record CgiCall(CgiRequest request, CgiAnswer answer, Protocol protocol) implements Call {
  /** What a gateway makes of a request for its program. */
  @FunctionalInterface
  interface Protocol {
    void prepare(WasmExecution execution, ClientWaits waits, CgiRequest request, CgiAnswer answer);
  }

  @Override
  public void prepare(WasmExecution execution, ClientWaits waits) {
    protocol.prepare(execution, waits, request, answer);
  }

  @Override
  public String conclude(Outcome outcome) throws IOException {
    // Its file, if it has one, need not wait for a client that is slow to take its page.
    request.close();
    return answer.conclude(outcome, true);
  }

  @Override
  public void close() throws IOException {
    try (answer) {
      request.close();
    }
  }
}
