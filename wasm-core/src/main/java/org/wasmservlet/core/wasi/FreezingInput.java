package org.wasmservlet.core.wasi;

import java.io.IOException;
import org.wasmservlet.core.directory.WasiError;

/** Standard input of a run that is to be frozen. */
final class FreezingInput extends InputDescriptor {
  private final HostFreezer freezer;
  private final WasiContext context;

  FreezingInput(GuestInput in, HostFreezer freezer, WasiContext context) {
    super(in);
    this.freezer = freezer;
    this.context = context;
  }

  @Override
  int read(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    freezer.beforeReading(context);
    return super.read(memory, buffers, transfer);
  }
}
