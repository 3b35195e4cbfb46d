package org.wasmservlet.bench;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import java.io.IOException;
import java.io.InputStream;
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
import org.openjdk.jmh.annotations.Warmup;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;

/** Loops over 64 KiB that are written with vectors, beside the same by numbers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class VectorBenchmark {
  private static final long[] NO_ARGUMENTS = {};

  /** The loop: a byte that is not there; a sum of floats; additions, exclusive ors, rotations. */
  @Param({"memchr", "saxpy", "rounds"})
  public String loop;

  /** How it is written. */
  @Param({"scalar", "vector"})
  public String form;

  private ExportFunction function;
  private long[] arguments;

  /** Compiles the guest. */
  @Setup
  public void load() throws IOException {
    try (InputStream in = VectorBenchmark.class.getResourceAsStream("/vectors.wasm")) {
      WasmBinary binary = WasmBinary.parse(in.readAllBytes());
      Instance instance = WasmCompiler.create().compile(binary).builder().build();
      instance.export("fill").apply();
      function = instance.export(loop + "-" + form);
    }
    arguments =
        switch (loop) {
          case "memchr" -> new long[] {'~'};
          case "saxpy" -> new long[] {Float.floatToIntBits(0x1p-20f)};
          default -> NO_ARGUMENTS;
        };
  }

  /** Runs the loop once. */
  @Benchmark
  public long[] run() {
    return function.apply(arguments);
  }
}
