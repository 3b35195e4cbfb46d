package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.OutputStream;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** A stream that whoever runs the guest has given: it has no position. */
abstract class StreamDescriptor extends Descriptor {
  private final int type;

  /**
   * Makes one.
   *
   * @param type of {@link FileType}
   */
  StreamDescriptor(int type) {
    this.type = type;
  }

  @Override
  final int type() {
    return type;
  }

  @Override
  final long inheritedRights() {
    return 0;
  }

  @Override
  final void setFlags(int flags) {
    // Neither appending nor waiting less makes a difference here.
  }

  @Override
  final long seek(long offset, Whence whence) throws WasiError {
    throw Errno.SPIPE.error();
  }

  @Override
  final FileStat stat() {
    return FileStat.ofStream(type);
  }

  @Override
  final void close() {
    // What is behind it belongs to whoever gave it.
  }

  /** Writes all that is in the buffers. */
  static int drain(GuestMemory memory, Buffers buffers, Transfer transfer, OutputStream out)
      throws IOException, WasiError {
    return transfer.drain(
        memory,
        buffers,
        (from, done) -> {
          int length = from.remaining();
          out.write(from.array(), from.position(), length);
          return length;
        });
  }
}
