package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.DataSegment;
import java.lang.ref.WeakReference;

/** Keeps the memory image of a compiled module. Safe for use by several threads. */
public final class Images {
  private volatile MemoryImage image;
  private volatile WeakReference<WasmModule> without = new WeakReference<>(null);

  /** Starts without an image: the first instance makes it. */
  public Images() {}

  MemoryImage of(WasmModule module, DataSegment[] segments, int size) {
    MemoryImage known = image;
    if (known != null && known.isOf(module, size)) {
      return known;
    }
    if (without.get() == module) {
      return null;
    }
    MemoryImage made = MemoryImage.of(module, segments, size);
    if (made == null) {
      without = new WeakReference<>(module);
    } else {
      image = made;
    }
    return made;
  }
}
