package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.Map;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.core.wasi.Limits;
import org.wasmservlet.core.wasi.StandardStreams;
import org.wasmservlet.core.wasi.WasiHost;

/** Where runs begin: at the program's beginning, or where it was frozen. Safe for many runs. */
interface Start {
  /** What is run. */
  WasmConfig config();

  /** The memory that a run begins with, in bytes. */
  long initialMemory();

  /**
   * Makes the host of a run.
   *
   * @param environment what the run brings along; each character is a byte
   */
  WasiHost host(Map<String, String> environment, StandardStreams streams, Limits limits);

  /** Begins an instance, which lacks the imports of {@link #module}. */
  Instance.Builder builder(MemoryLimiter limiter);

  /** What an instance is built from. */
  WasmModule module();

  /** Runs the guest to its end. */
  void run(Instance instance);
}
