package org.wasmservlet.core.wasi;

import java.io.IOException;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** A {@link GivenFile} that the guest has opened: a regular file that can only be read. */
final class GivenFileDescriptor extends Descriptor {
  private final GivenFile file;
  private long position;

  GivenFileDescriptor(GivenFile file) {
    this.file = file;
  }

  @Override
  int type() {
    return FileType.REGULAR_FILE;
  }

  @Override
  long rights() {
    return Rights.FILE & ~(Rights.FD_WRITE | Rights.FD_ALLOCATE | Rights.FD_FILESTAT_SET_SIZE);
  }

  @Override
  long inheritedRights() {
    return 0;
  }

  @Override
  void setFlags(int flags) {
    // They are of who writes.
  }

  @Override
  int read(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    int read = readAt(memory, buffers, transfer, position);
    position += read;
    return read;
  }

  @Override
  int readAt(GuestMemory memory, Buffers buffers, Transfer transfer, long start)
      throws IOException, WasiError {
    if (start < 0) {
      throw Errno.INVAL.error();
    }
    return transfer.fill(
        memory,
        buffers,
        (to, done) -> {
          int length = (int) Math.min(to.remaining(), left(start) - done);
          if (length > 0) {
            to.put(file.content(), (int) (start + done), length);
          }
          return length;
        },
        false);
  }

  private long left(long from) {
    return Math.max(0, file.content().length - from);
  }

  @Override
  long seek(long offset, Whence whence) throws WasiError {
    long base =
        switch (whence) {
          case START -> 0;
          case CURRENT -> position;
          case END -> file.content().length;
        };
    if (offset > Long.MAX_VALUE - base) {
      throw Errno.OVERFLOW.error();
    }
    if (base + offset < 0) {
      throw Errno.INVAL.error();
    }
    position = base + offset;
    return position;
  }

  @Override
  FileStat stat() {
    return FileStat.ofGiven(file.content().length);
  }

  @Override
  void advise() {
    // It is in memory.
  }

  @Override
  void sync(boolean withMetadata) {
    // It is on no disk.
  }

  @Override
  long readable() {
    return left(position);
  }

  @Override
  FrozenDescriptor freeze() throws HostFreezer.NotKeptException {
    throw new HostFreezer.NotKeptException(
        "it has " + file.guestPath() + " open, which is of one run");
  }

  @Override
  void close() {
    // Nothing is held for it.
  }
}
