package org.wasmservlet.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.NotFrozenException;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.ProgramFreezer;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.core.WasmModule;

/** A module on our compiler and host whose programs are frozen, once an order, and resumed. */
final class ResumedPeer implements JvmPeer.Loaded {
  private final WasmModule module;

  ResumedPeer(Path file) throws IOException {
    this.module = new ModuleCache().load(file, OurPeer.USE.toBeFrozen(), PreparedModules.none());
  }

  @Override
  public JvmPeer.Runs prepare(Order order) throws IOException {
    if (order.freezeAt() == null) {
      throw new IOException("the order does not say where the program is frozen");
    }
    FreezeAt at =
        order.freezeAt().isEmpty() ? FreezeAt.stdin() : FreezeAt.opening(order.freezeAt());
    FrozenProgram frozen;
    try {
      frozen = ProgramFreezer.of(OurPeer.config(module, order), at).freeze();
    } catch (NotFrozenException e) {
      String why = (Sample.NOT_FROZEN + e.getMessage()).replaceAll("\\s+", "_");
      return () -> new Sample(0, 0, why);
    }
    return new JvmPeer.Runs() {
      @Override
      public Sample run() throws IOException {
        return OurPeer.run(order, WasmExecution.of(frozen));
      }

      @Override
      public void close() {
        frozen.close();
      }
    };
  }
}
