package org.wasmservlet.core.wasi;

import java.io.IOException;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** Standard input: a stream that is no terminal and has no position. */
class InputDescriptor extends StreamDescriptor {
  private final GuestInput in;

  InputDescriptor(GuestInput in) {
    super(FileType.UNKNOWN);
    this.in = in;
  }

  @Override
  long rights() {
    return Rights.FD_READ | Rights.FD_FILESTAT_GET | Rights.POLL_FD_READWRITE;
  }

  @Override
  int read(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    return transfer.fill(
        memory, buffers, (to, done) -> in.read(to.array(), to.position(), to.remaining()), true);
  }

  @Override
  int readAt(GuestMemory memory, Buffers buffers, Transfer transfer, long position)
      throws WasiError {
    throw Errno.SPIPE.error();
  }

  @Override
  FrozenDescriptor freeze() {
    return FrozenDescriptor.Stream.STDIN;
  }

  @Override
  long readable() {
    return in.available();
  }
}
