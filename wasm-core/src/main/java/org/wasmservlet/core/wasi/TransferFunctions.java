package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.util.List;
import org.wasmservlet.core.directory.WasiError;

/** Functions that move bytes between the guest's memory and its descriptors. */
final class TransferFunctions {
  private TransferFunctions() {}

  static List<WasiFunction> all() {
    return List.of(
        WasiFunction.shallow("fd_read", "iiii", TransferFunctions::read),
        WasiFunction.shallow("fd_pread", "iiili", TransferFunctions::readAt),
        WasiFunction.shallow("fd_write", "iiii", TransferFunctions::write),
        WasiFunction.shallow("fd_pwrite", "iiili", TransferFunctions::writeAt),
        WasiFunction.deep("fd_readdir", "iiili", TransferFunctions::readDirectory));
  }

  private static void read(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    Descriptor descriptor = context.descriptors().get(a[0]);
    descriptor.requireRoom();
    memory.check(a[3], Integer.BYTES);
    Buffers buffers = context.buffers(memory, a[1], a[2]);
    memory.writeInt(a[3], descriptor.read(memory, buffers, context.transfer()));
  }

  private static void readAt(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    Descriptor descriptor = context.descriptors().get(a[0]);
    descriptor.requireRoom();
    memory.check(a[4], Integer.BYTES);
    Buffers buffers = context.buffers(memory, a[1], a[2]);
    memory.writeInt(a[4], descriptor.readAt(memory, buffers, context.transfer(), a[3]));
  }

  private static void write(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    Descriptor descriptor = context.descriptors().get(a[0]);
    descriptor.requireRoom();
    memory.check(a[3], Integer.BYTES);
    Buffers buffers = context.buffers(memory, a[1], a[2]);
    memory.writeInt(a[3], descriptor.write(memory, buffers, context.transfer()));
  }

  private static void writeAt(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    Descriptor descriptor = context.descriptors().get(a[0]);
    descriptor.requireRoom();
    memory.check(a[4], Integer.BYTES);
    Buffers buffers = context.buffers(memory, a[1], a[2]);
    memory.writeInt(a[4], descriptor.writeAt(memory, buffers, context.transfer(), a[3]));
  }

  private static void readDirectory(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    DirectoryDescriptor descriptor = context.descriptors().directory(a[0]);
    memory.check(a[1], a[2]);
    memory.check(a[4], Integer.BYTES);
    Listing listing = descriptor.listing(a[3] == 0);
    memory.writeInt(a[4], listing.write(descriptor.directory(), memory, a[1], a[2], a[3]));
  }
}
