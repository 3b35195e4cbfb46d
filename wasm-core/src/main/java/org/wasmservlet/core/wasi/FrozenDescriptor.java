package org.wasmservlet.core.wasi;

/** What a descriptor stood for when its program was frozen. Immutable. */
@FunctionalInterface
interface FrozenDescriptor {
  /** Makes it again for a run that goes on from there. */
  Descriptor resume(WasiContext context);
}
