package org.wasmservlet.route;

import java.io.IOException;
import java.time.Duration;
import org.wasmservlet.admission.Admission;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.exchange.Exchange;
import org.wasmservlet.exchange.GuestLog;
import org.wasmservlet.gateway.Call;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.program.Program;
import org.wasmservlet.warmup.WarmUpRequest;

/** Runs a route's guests: each when the module is there and there is room, measured. */
final class GuestRunner {
  private final Route route;

  GuestRunner(Route route) {
    this.route = route;
  }

  /** Runs a guest when there is room for it; null if the request has been refused. */
  Outcome run(Call call, Exchange exchange) throws IOException {
    Admission admission = route.admission();
    exchange.measured().waits();
    long deadline = System.nanoTime() + admission.timeout().toNanos();
    // Before there is room: nobody else's guest waits for this one's module.
    Program program = program(exchange, admission);
    if (program == null) {
      exchange.notReady();
      return null;
    }
    if (!admission.enter()) {
      exchange.refused();
      return null;
    }
    GivenDirectories directories = route.directories().use();
    Duration timeout = program.config().limits().timeout();
    Duration left = exchange.left(timeout);
    try (ClientWaits waits = ClientWaits.begin(exchange.request(), left)) {
      Program.Run begun = program.begin(script(call, exchange));
      if (begun == null) {
        exchange.notFrozen();
        return null;
      }
      begun
          .execution()
          .share(route.memory())
          .alreadyTook(timeout.minus(left))
          .memoryWait(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
      if (begun.from() == Program.From.ITS_SCRIPT) {
        call.prepareToGoOn(begun.execution(), waits);
      } else {
        call.prepare(begun.execution(), waits);
      }
      return run(begun, exchange);
    } finally {
      directories.close();
      admission.leave();
    }
  }

  /** A warm-up is told of by the environment, which scripts may look at when they are loaded. */
  private static String script(Call call, Exchange exchange) {
    return exchange.request() instanceof WarmUpRequest ? null : call.script();
  }

  private Program program(Exchange exchange, Admission admission) {
    return exchange.request() instanceof WarmUpRequest warmUp
        ? warmUp.program()
        : route.program().get(admission.timeout(), admission.maxQueued());
  }

  private static Outcome run(Program.Run begun, Exchange exchange) {
    WasmExecution execution = begun.execution();
    MeasuredRequest measured = exchange.measured();
    measured.runs();
    try {
      GuestLog stderr = exchange.guestLog();
      Outcome outcome = execution.stderr(stderr).run();
      stderr.finish();
      return outcome;
    } finally {
      // It was meant for the guest, and the answer is yet to be written.
      Thread.interrupted();
      measured.ran(
          execution.instantiationNanos(),
          execution.guestNanos(),
          execution.peakMemory(),
          begun.from() != Program.From.THE_BEGINNING);
    }
  }
}
