package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** A connection that the guest has accepted: a stream socket, each direction of which can end. */
final class ConnectionDescriptor extends StreamDescriptor {
  private final InputStream in;
  private final OutputStream out;
  private boolean receives;
  private boolean sends;

  /**
   * Makes one.
   *
   * @param receives whether the guest has not ended that direction
   * @param sends whether it has not ended this one
   */
  ConnectionDescriptor(InputStream in, OutputStream out, boolean receives, boolean sends) {
    super(FileType.STREAM_SOCKET);
    this.in = in;
    this.out = out;
    this.receives = receives;
    this.sends = sends;
  }

  @Override
  long rights() {
    return Rights.FD_READ
        | Rights.FD_WRITE
        | Rights.FD_FILESTAT_GET
        | Rights.POLL_FD_READWRITE
        | Rights.SOCK_SHUTDOWN;
  }

  @Override
  int read(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    return receive(memory, buffers, transfer, false);
  }

  /**
   * Receives bytes.
   *
   * @param all whether to wait until the buffers are full or the peer has sent its last byte
   * @return how many; 0 at the end
   */
  int receive(GuestMemory memory, Buffers buffers, Transfer transfer, boolean all)
      throws IOException, WasiError {
    if (!receives) {
      return 0;
    }
    return all
        ? transfer.fill(
            memory,
            buffers,
            (to, done) -> in.readNBytes(to.array(), to.position(), to.remaining()),
            false)
        : transfer.fill(
            memory,
            buffers,
            (to, done) -> in.read(to.array(), to.position(), to.remaining()),
            true);
  }

  @Override
  int write(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    if (!sends) {
      throw Errno.PIPE.error();
    }
    return drain(memory, buffers, transfer, out);
  }

  /** Ends one direction or both. */
  void shutdown(boolean receiving, boolean sending) {
    receives &= !receiving;
    sends &= !sending;
  }

  @Override
  int readAt(GuestMemory memory, Buffers buffers, Transfer transfer, long position)
      throws WasiError {
    throw Errno.SPIPE.error();
  }

  @Override
  int writeAt(GuestMemory memory, Buffers buffers, Transfer transfer, long position)
      throws WasiError {
    throw Errno.SPIPE.error();
  }

  @Override
  FrozenDescriptor freeze() {
    return new FrozenDescriptor.Accepted(receives, sends);
  }

  @Override
  long readable() throws IOException {
    return receives ? in.available() : 0;
  }

  @Override
  void requireWritable() throws WasiError {
    if (!sends) {
      throw Errno.PIPE.error();
    }
  }
}
