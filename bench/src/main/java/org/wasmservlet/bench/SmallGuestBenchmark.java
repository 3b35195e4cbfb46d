package org.wasmservlet.bench;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.core.WasmModule;

/** What a request costs below the servlet, for guests that do next to nothing themselves. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SmallGuestBenchmark {
  /** The guest: C and Rust, each printing a page. */
  @Param({"hello-c", "hello-rust"})
  public String guest;

  private final Map<String, String> variables =
      Map.of(
          "GATEWAY_INTERFACE", "CGI/1.1",
          "REQUEST_METHOD", "GET",
          "SCRIPT_NAME", "/hello",
          "PATH_INFO", "/a/path",
          "QUERY_STRING", "a=1&b=2",
          "SERVER_PROTOCOL", "HTTP/1.1",
          "HTTP_USER_AGENT", "bench");

  private WasmModule module;
  private WasmConfig config;

  /** Loads the guest. */
  @Setup
  public void load() throws Exception {
    Path file = Path.of("../sample-webapp/src/main/webapp/WEB-INF/wasm/" + guest + ".wasm");
    module = new ModuleCache().load(file);
    config = WasmConfig.builder(module).build();
  }

  /** Releases the guest. */
  @TearDown
  public void close() {
    module.close();
  }

  /** One execution: WASI context, instance, run, output thrown away. */
  @Benchmark
  public Outcome execution() {
    Outcome outcome =
        WasmExecution.of(config)
            .environment(variables)
            .stdout(OutputStream.nullOutputStream())
            .run();
    if (!(outcome instanceof Outcome.Success)) {
      throw new IllegalStateException(outcome.toString());
    }
    return outcome;
  }
}
