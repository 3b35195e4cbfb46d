package org.wasmservlet.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.core.module.CompiledModule;
import org.wasmservlet.core.wasi.Limits;
import org.wasmservlet.core.wasi.StandardStreams;
import org.wasmservlet.core.wasi.WasiHost;

/** Runs that begin at the program's beginning. Immutable. */
class Beginning implements Start {
  /** What initialises an instance that is no command (WASI preview 1, application ABI). */
  private static final String INITIALIZE = "_initialize";

  private static final long[] NO_ARGUMENTS = {};

  private final WasmConfig config;

  Beginning(WasmConfig config) {
    this.config = config;
  }

  @Override
  public final WasmConfig config() {
    return config;
  }

  @Override
  public final long initialMemory() {
    return compiled().initialMemory();
  }

  @Override
  public WasiHost host(Map<String, String> environment, StandardStreams streams, Limits limits) {
    return WasiHost.open(
        config.arguments(), merged(environment), config.mountPoints(), streams, limits);
  }

  @Override
  public Instance.Builder builder(MemoryLimiter limiter) {
    return compiled().builder(limiter);
  }

  @Override
  public final WasmModule module() {
    return compiled().module();
  }

  @Override
  public final void run(Instance instance) {
    if (!config.entryPoint().equals(WasmConfig.DEFAULT_ENTRY_POINT)
        && !config.entryPoint().equals(INITIALIZE)
        && compiled().exportedFunctionType(INITIALIZE) != null) {
      instance.export(INITIALIZE).apply(NO_ARGUMENTS);
    }
    instance.export(config.entryPoint()).apply(NO_ARGUMENTS);
  }

  private CompiledModule compiled() {
    return config.module().compiled();
  }

  /** The environment of a run: what the configuration says wins. */
  final Map<String, String> merged(Map<String, String> environment) {
    Map<String, String> merged = new LinkedHashMap<>(environment);
    config.environment().forEach((name, value) -> merged.put(bytes(name), bytes(value)));
    return merged;
  }

  /** The bytes of text in UTF-8, each as a character. */
  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
