package org.wasmservlet.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.wasmservlet.application.PhpScripts;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.exchange.Exchange;

/**
 * Programs that accept a connection and speak FastCGI on it, as {@code php-cgi -b} does. Each gets
 * one request, and ends when it would wait for the next. Their environment is what the
 * configuration says, the same for every request.
 */
final class FastCgiGateway extends RequestGateway {
  private static final String UPLOAD = "multipart/form-data";

  FastCgiGateway(CgiRequests requests, CgiAnswers answers) {
    super(requests, answers);
  }

  /**
   * Where a program is frozen that has been given a request, and asks for another one's variables.
   *
   * @param variables of the request; its body is left to the other
   */
  static FreezeAt whileAnswering(Map<String, String> variables) {
    return FreezeAt.opening(PhpScripts.REQUEST_FILE)
        .afterReceiving(FastCgiInput.beginning(variables));
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
      connect(
          execution,
          FastCgiInput.of(request.variables(), waits.in(request.body()), request.length() > 0),
          waits);
    }

    /** Files that are uploaded PHP takes up before a script begins, and no script can. */
    @Override
    public String script() {
      String type = request.variables().getOrDefault("CONTENT_TYPE", "");
      boolean isUpload = type.regionMatches(true, 0, UPLOAD, 0, UPLOAD.length());
      return isUpload ? null : request.variables().get("SCRIPT_FILENAME");
    }

    @Override
    public void prepareToGoOn(WasmExecution execution, ClientWaits waits) {
      execution.file(PhpScripts.REQUEST_FILE, VariablesFile.of(request.variables()));
      connect(
          execution, FastCgiInput.ofBody(waits.in(request.body()), request.length() > 0), waits);
    }

    private void connect(WasmExecution execution, InputStream in, ClientWaits waits) {
      execution
          .connection(in, waits.out(records))
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
