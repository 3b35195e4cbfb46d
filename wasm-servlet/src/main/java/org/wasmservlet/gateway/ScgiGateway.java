package org.wasmservlet.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.exchange.Exchange;

/**
 * Programs that read their request, SCGI's netstring and then the body, from standard input, and
 * answer as CGI programs do. Their environment is what the configuration says, the same for every
 * request.
 */
final class ScgiGateway implements Gateway {
  private final CgiRequests requests;
  private final CgiAnswers answers;

  ScgiGateway(CgiRequests requests, CgiAnswers answers) {
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
        : new CgiCall(request, answers.begin(exchange), ScgiGateway::prepare);
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
