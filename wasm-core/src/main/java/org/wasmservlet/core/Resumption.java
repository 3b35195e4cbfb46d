package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.Map;
import org.wasmservlet.compiler.FrozenInstance;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.core.module.CompiledModule;
import org.wasmservlet.core.wasi.FrozenHost;
import org.wasmservlet.core.wasi.Limits;
import org.wasmservlet.core.wasi.StandardStreams;
import org.wasmservlet.core.wasi.WasiHost;

/** Runs that go on from where a program was frozen, each with a copy of all that it was. */
final class Resumption implements Start {
  private final WasmConfig config;
  private final FrozenInstance instance;
  private final FrozenHost host;
  private final long initialMemory;

  Resumption(WasmConfig config, FrozenInstance instance, FrozenHost host) {
    this.config = config;
    this.instance = instance;
    this.host = host;
    this.initialMemory = CompiledModule.initialMemory(instance.module());
  }

  @Override
  public WasmConfig config() {
    return config;
  }

  @Override
  public long initialMemory() {
    return initialMemory;
  }

  @Override
  public WasiHost host(Map<String, String> environment, StandardStreams streams, Limits limits) {
    if (!environment.isEmpty()) {
      throw new IllegalStateException("a frozen program has its environment already");
    }
    return WasiHost.resume(host, config.mountPoints(), streams, limits);
  }

  @Override
  public Instance.Builder builder(MemoryLimiter limiter) {
    return instance.builder(limiter);
  }

  @Override
  public WasmModule module() {
    return instance.module();
  }

  @Override
  public void run(Instance of) {
    instance.resume(of);
  }

  FrozenInstance instance() {
    return instance;
  }

  FrozenHost frozenHost() {
    return host;
  }
}
