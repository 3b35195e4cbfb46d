package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.io.OutputStream;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** Standard output or standard error: a stream that is no terminal and has no position. */
final class OutputDescriptor extends Descriptor {
  private final OutputStream out;

  OutputDescriptor(OutputStream out) {
    this.out = out;
  }

  @Override
  int type() {
    return FileType.UNKNOWN;
  }

  @Override
  long rights() {
    return Rights.FD_WRITE | Rights.FD_FILESTAT_GET | Rights.POLL_FD_READWRITE;
  }

  @Override
  long inheritedRights() {
    return 0;
  }

  @Override
  void setFlags(int flags) {
    // Neither appending nor waiting less makes a difference here.
  }

  @Override
  int write(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    return transfer.drain(
        memory,
        buffers,
        (from, done) -> {
          int length = from.remaining();
          out.write(from.array(), from.position(), length);
          return length;
        });
  }

  @Override
  int writeAt(GuestMemory memory, Buffers buffers, Transfer transfer, long position)
      throws WasiError {
    throw Errno.SPIPE.error();
  }

  @Override
  long seek(long offset, Whence whence) throws WasiError {
    throw Errno.SPIPE.error();
  }

  @Override
  FileStat stat() {
    return FileStat.ofStream();
  }

  @Override
  void requireWritable() {
    // A write may wait, but is never refused.
  }

  @Override
  void close() {
    // The stream belongs to whoever gave it.
  }
}
