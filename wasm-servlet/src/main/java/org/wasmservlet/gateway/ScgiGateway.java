package org.wasmservlet.gateway;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.exchange.Exchange;

/**
 * Programs that read their request, SCGI's netstring and then the body, from standard input, and
 * answer as CGI programs do. Their environment is what the configuration says, the same for every
 * request.
 */
final class ScgiGateway extends RequestGateway {
  ScgiGateway(CgiRequests requests, CgiAnswers answers) {
    super(requests, answers);
  }

  @Override
  Call call(Exchange exchange, CgiRequest request, CgiAnswer answer) {
    return new CgiCall(request, answer, ScgiGateway::prepare);
  }

  private static void prepare(
      WasmExecution execution, ClientWaits waits, CgiRequest request, CgiAnswer answer) {
    InputStream header =
        new ByteArrayInputStream(ScgiHeader.of(request.variables(), request.length()));
    execution
        .stdin(new SequenceInputStream(header, waits.in(request.body())))
        .stdout(waits.out(answer.output()));
  }
}
