package org.wasmservlet.route;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiFunction;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.preopen.GivenDirectories;

/** Runs a route's guests: each when the module is there and there is room, measured. */
final class GuestRunner {
  private final Route route;

  GuestRunner(Route route) {
    this.route = route;
  }

  /** Runs a guest when there is room for it; null if the request has been refused. */
  Outcome run(
      HttpServletRequest request,
      BiFunction<WasmExecution, ClientWaits, WasmExecution> prepare,
      Exchange exchange)
      throws IOException {
    Admission admission = route.admission();
    exchange.measured().waits();
    long deadline = System.nanoTime() + admission.timeout().toNanos();
    // Before there is room: nobody else's guest waits for this one's module.
    WasmConfig config = config(request, admission);
    if (config == null) {
      exchange.notReady(admission.retryAfterSeconds());
      return null;
    }
    if (!admission.enter()) {
      exchange.refused(admission.retryAfterSeconds());
      return null;
    }
    GivenDirectories directories = route.directories().use();
    Duration timeout = config.limits().timeout();
    Duration left = exchange.left(timeout);
    try (ClientWaits waits = ClientWaits.begin(request, left)) {
      WasmExecution execution =
          WasmExecution.of(config)
              .share(route.memory())
              .alreadyTook(timeout.minus(left))
              .memoryWait(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
      return run(prepare.apply(execution, waits), exchange);
    } finally {
      directories.close();
      admission.leave();
    }
  }

  private WasmConfig config(HttpServletRequest request, Admission admission) {
    return request instanceof WarmUpRequest warmUp
        ? warmUp.config()
        : route.program().get(admission.timeout(), admission.maxQueued());
  }

  private static Outcome run(WasmExecution execution, Exchange exchange) {
    MeasuredRequest measured = exchange.measured();
    measured.runs();
    try {
      GuestLog stderr = exchange.guestLog();
      Outcome outcome = execution.stderr(stderr).run();
      stderr.finish();
      return outcome;
    } finally {
      measured.ran(execution.instantiationNanos(), execution.guestNanos(), execution.peakMemory());
    }
  }
}
