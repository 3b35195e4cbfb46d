package org.wasmservlet.gateway;

import java.io.IOException;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.exchange.Exchange;

/** Programs that are told what is asked, in the words of CGI, and answer in them. */
abstract class RequestGateway implements Gateway {
  private final CgiRequests requests;
  private final CgiAnswers answers;

  RequestGateway(CgiRequests requests, CgiAnswers answers) {
    this.requests = requests;
    this.answers = answers;
  }

  @Override
  public final boolean passesRequests() {
    return true;
  }

  @Override
  public final Call take(Exchange exchange, ScriptPath path) throws IOException {
    CgiRequest request = requests.take(exchange, path);
    return request == null ? null : call(exchange, request, answers.begin(exchange));
  }

  /**
   * Begins a call by the gateway's protocol.
   *
   * @param request the call's to close
   * @param answer the call's to close
   */
  abstract Call call(Exchange exchange, CgiRequest request, CgiAnswer answer);
}
