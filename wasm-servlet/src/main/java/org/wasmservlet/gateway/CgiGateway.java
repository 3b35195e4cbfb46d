package org.wasmservlet.gateway;

import java.io.IOException;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.exchange.Exchange;

/**
 * Programs that speak CGI/1.1 (RFC 3875): the request is their environment, its body their standard
 * input.
 */
final class CgiGateway implements Gateway {
  private final CgiRequests requests;
  private final CgiAnswers answers;

  CgiGateway(CgiRequests requests, CgiAnswers answers) {
    this.requests = requests;
    this.answers = answers;
  }

  @Override
  public boolean passesRequests() {
    return true;
  }

  @Override
  public Call take(Exchange exchange, ScriptPath path) throws IOException {
    CgiRequest request = requests.take(exchange, path);
    return request == null
        ? null
        : new CgiCall(request, answers.begin(exchange), CgiGateway::prepare);
  }

  private static void prepare(
      WasmExecution execution, ClientWaits waits, CgiRequest request, CgiAnswer answer) {
    execution
        .environment(request.variables())
        .stdin(waits.in(request.body()))
        .stdout(waits.out(answer.output()));
  }
}
