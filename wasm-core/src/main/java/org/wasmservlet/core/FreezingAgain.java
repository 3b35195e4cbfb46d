package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.Map;
import org.wasmservlet.compiler.FreezePoint;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.core.wasi.HostFreezer;
import org.wasmservlet.core.wasi.Limits;
import org.wasmservlet.core.wasi.StandardStreams;
import org.wasmservlet.core.wasi.WasiHost;

/**
 * One run from where a program was frozen to where it is frozen again.
 *
 * @param from what goes on
 * @param freezer for this run
 * @param builder of an instance whose stack can be frozen, for this run
 * @param point where it is frozen
 * @param limiter that the builder asks
 */
record FreezingAgain(
    Resumption from,
    HostFreezer freezer,
    Instance.Builder builder,
    FreezePoint point,
    SwitchedLimiter limiter)
    implements Start {

  @Override
  public WasmConfig config() {
    return from.config();
  }

  @Override
  public long initialMemory() {
    return from.initialMemory();
  }

  @Override
  public WasiHost host(Map<String, String> environment, StandardStreams streams, Limits limits) {
    return WasiHost.resume(from.frozenHost(), config().mountPoints(), streams, limits, freezer);
  }

  @Override
  public Instance.Builder builder(MemoryLimiter memory) {
    limiter.use(memory);
    return builder;
  }

  @Override
  public WasmModule module() {
    return from.module();
  }

  @Override
  public void run(Instance instance) {
    point.resume(instance);
  }
}
