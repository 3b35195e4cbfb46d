package org.wasmservlet.measure;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.wasmservlet.core.WasmLimits;

/** What measuring adds to a request, with one thread and with as many as a busy route has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MeasuringBenchmark {
  private final RouteMetrics route =
      new RouteMetrics(
          new RouteIdentity(
              false, "php", "localhost", "/shop", List.of("/php/*"), new Loaded("php.wasm")),
          WasmLimits.DEFAULT,
          new NeverBusy());

  /** A request that succeeds. */
  @Benchmark
  public void success() {
    serve();
  }

  /** The same from four threads at once, which do nothing else: the worst contention. */
  @Benchmark
  @Threads(4)
  public void successOfFour() {
    serve();
  }

  /** A request that fails, and is remembered. */
  @Benchmark
  public void failure() {
    MeasuredRequest request = route.begin("GET", "/shop/php/index.php");
    request.waits();
    request.runs();
    request.ran(1_000_000, 5_000_000, 41 << 20, false);
    request.fails(RequestOutcome.EXIT, "exit code 255");
    request.end();
  }

  private void serve() {
    MeasuredRequest request = route.begin("GET", "/shop/php/index.php");
    request.waits();
    request.runs();
    request.ran(1_000_000, 5_000_000, 41 << 20, false);
    request.end();
  }

  private record Loaded(String name) implements RouteModule {
    @Override
    public State state() {
      return State.READY;
    }
  }

  private static final class NeverBusy implements RouteLoad {
    @Override
    public int running() {
      return 0;
    }

    @Override
    public int queued() {
      return 0;
    }

    @Override
    public int maxRunning() {
      return 8;
    }

    @Override
    public int maxQueued() {
      return 100;
    }
  }
}
