package org.wasmservlet.gateway;

import java.io.IOException;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.exchange.Exchange;
import org.wasmservlet.warmup.WarmUpRequest;

/** Programs that know nothing of requests: what they write is the body (WasmEnableCGI Off). */
final class PlainGateway implements Gateway {
  @Override
  public boolean passesRequests() {
    return false;
  }

  @Override
  public Call take(Exchange exchange, ScriptPath path) throws IOException {
    return new PlainCall(exchange, new PlainResponse(exchange.response(), exchange.isHead()));
  }

  private record PlainCall(Exchange exchange, PlainResponse stdout) implements Call {
    @Override
    public void prepare(WasmExecution execution, ClientWaits waits) {
      execution.environment(WarmUpRequest.variables(exchange.request())).stdout(waits.out(stdout));
    }

    @Override
    public String conclude(Outcome outcome) throws IOException {
      if (outcome instanceof Outcome.Refused refused) {
        exchange.refused(refused);
      } else if (!(outcome instanceof Outcome.Success)) {
        // Nothing but its exit code tells how a program fared that writes no header.
        exchange.failed(outcome, stdout.discarded());
      }
      return null;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
