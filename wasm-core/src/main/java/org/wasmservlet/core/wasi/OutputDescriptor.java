package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.OutputStream;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** Standard output or standard error: a stream that is no terminal and has no position. */
final class OutputDescriptor extends StreamDescriptor {
  private final OutputStream out;
  private final FrozenDescriptor again;

  /**
   * Makes one.
   *
   * @param again makes that of another run
   */
  OutputDescriptor(OutputStream out, FrozenDescriptor again) {
    super(FileType.UNKNOWN);
    this.out = out;
    this.again = again;
  }

  @Override
  FrozenDescriptor freeze() {
    return again;
  }

  @Override
  long rights() {
    return Rights.FD_WRITE | Rights.FD_FILESTAT_GET | Rights.POLL_FD_READWRITE;
  }

  @Override
  int write(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    return drain(memory, buffers, transfer, out);
  }

  @Override
  int writeAt(GuestMemory memory, Buffers buffers, Transfer transfer, long position)
      throws WasiError {
    throw Errno.SPIPE.error();
  }

  @Override
  void requireWritable() {
    // A write may wait, but is never refused.
  }
}
