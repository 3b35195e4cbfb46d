package org.wasmservlet.gateway;

import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.exchange.Exchange;

/**
 * Programs that speak CGI/1.1 (RFC 3875): the request is their environment, its body their standard
 * input.
 */
final class CgiGateway extends RequestGateway {
  CgiGateway(CgiRequests requests, CgiAnswers answers) {
    super(requests, answers);
  }

  @Override
  Call call(Exchange exchange, CgiRequest request, CgiAnswer answer) {
    return new CgiCall(request, answer, CgiGateway::prepare);
  }

  private static void prepare(
      WasmExecution execution, ClientWaits waits, CgiRequest request, CgiAnswer answer) {
    execution
        .environment(request.variables())
        .stdin(waits.in(request.body()))
        .stdout(waits.out(answer.output()));
  }
}
