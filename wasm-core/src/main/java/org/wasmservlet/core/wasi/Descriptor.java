package org.wasmservlet.core.wasi;

import java.io.IOException;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * What a guest's file descriptor stands for. A call that a kind of descriptor does not know is one
 * to a bad descriptor.
 */
abstract class Descriptor {
  /** A witx {@code filetype}. */
  abstract int type();

  abstract long rights();

  abstract long inheritedRights();

  /** How many of the files that the run may have open it is; at least 1. */
  int openFiles() {
    return 1;
  }

  int flags() {
    return 0;
  }

  /** Changes what can be changed of an open descriptor. */
  void setFlags(int flags) throws WasiError {
    throw Errno.BADF.error();
  }

  /** Looks whether there is stack enough to read or write. */
  void requireRoom() {
    HeadRoom.require(HeadRoom.ANYTHING);
  }

  /** Reads at the descriptor's position. Returns bytes read, 0 at the end. */
  int read(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  int readAt(GuestMemory memory, Buffers buffers, Transfer transfer, long position)
      throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  int write(GuestMemory memory, Buffers buffers, Transfer transfer) throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  int writeAt(GuestMemory memory, Buffers buffers, Transfer transfer, long position)
      throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  /** Moves the position. Returns the new one. */
  long seek(long offset, Whence whence) throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  abstract FileStat stat() throws IOException;

  void setSize(long size) throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  void setTimes(FileTimes times) throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  void allocate(long offset, long length) throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  /** Takes advice on what will be read, which is checked and has no effect. */
  void advise() throws WasiError {
    throw Errno.BADF.error();
  }

  /** Makes sure that what was written is on the disk. */
  void sync(boolean withMetadata) throws IOException, WasiError {
    throw Errno.INVAL.error();
  }

  /**
   * How many bytes can be read without waiting.
   *
   * @throws WasiError EBADF if none ever can
   */
  long readable() throws IOException, WasiError {
    throw Errno.BADF.error();
  }

  /** Refuses what can never be written. */
  void requireWritable() throws WasiError {
    throw Errno.BADF.error();
  }

  /**
   * Keeps what it stands for, for runs that go on from here.
   *
   * @throws HostFreezer.NotKeptException if that cannot be given to another run
   */
  abstract FrozenDescriptor freeze() throws IOException, HostFreezer.NotKeptException;

  /** Gives back what the host holds for it. */
  abstract void close() throws IOException;
}
