package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Instance;
import java.util.Map;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.core.wasi.HostFreezer;
import org.wasmservlet.core.wasi.Limits;
import org.wasmservlet.core.wasi.StandardStreams;
import org.wasmservlet.core.wasi.WasiHost;

/** One run from the program's beginning to where it is frozen. */
final class FreezingStart extends Beginning {
  private final HostFreezer freezer;
  private final Instance.Builder builder;
  private final SwitchedLimiter limiter;

  /**
   * Makes it.
   *
   * @param freezer for this run
   * @param builder of an instance whose stack can be frozen, for this run
   * @param limiter that the builder asks
   */
  FreezingStart(
      WasmConfig config, HostFreezer freezer, Instance.Builder builder, SwitchedLimiter limiter) {
    super(config);
    this.freezer = freezer;
    this.builder = builder;
    this.limiter = limiter;
  }

  @Override
  public WasiHost host(Map<String, String> environment, StandardStreams streams, Limits limits) {
    WasmConfig config = config();
    return WasiHost.open(
        config.arguments(), merged(environment), config.mountPoints(), streams, limits, freezer);
  }

  @Override
  public Instance.Builder builder(MemoryLimiter memory) {
    limiter.use(memory);
    return builder;
  }
}
