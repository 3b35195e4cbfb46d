package org.wasmservlet.gateway;

import java.io.IOException;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.exchange.Exchange;

/**
 * Programs that accept a connection and speak FastCGI on it, as {@code php-cgi -b} does. Each gets
 * one request, and ends when it would wait for the next. Their environment is what the
 * configuration says, the same for every request.
 */
final class FastCgiGateway extends RequestGateway {
  FastCgiGateway(CgiRequests requests, CgiAnswers answers) {
    super(requests, answers);
  }

  @Override
  Call call(Exchange exchange, CgiRequest request, CgiAnswer answer) {
    return new FastCgiCall(
        exchange, request, answer, new FastCgiOutput(answer.output(), exchange.guestLog()));
  }

  private record FastCgiCall(
      Exchange exchange, CgiRequest request, CgiAnswer answer, FastCgiOutput records)
      implements Call {
    @Override
    public void prepare(WasmExecution execution, ClientWaits waits) {
      execution
          .connection(
              new FastCgiInput(request.variables(), waits.in(request.body()), request.length() > 0),
              waits.out(records))
          // Nobody reads it but who looks for what went wrong.
          .stdout(exchange.guestLog());
    }

    @Override
    public String conclude(Outcome outcome) throws IOException {
      request.close();
      return answer.conclude(records.outcome(outcome), records.isWhole());
    }

    @Override
    public void close() throws IOException {
      try (answer) {
        request.close();
      }
    }
  }
}
