package org.wasmservlet.core.wasi;

import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** Counts what one run writes to disk. Nothing is given back: it is work that is limited too. */
final class DiskQuota {
  /** What a file, directory or link counts that is created: a block on most file systems. */
  static final long ENTRY = 4096;

  private long left;

  DiskQuota(long bytes) {
    left = bytes;
  }

  /**
   * Takes a number of bytes, or nothing.
   *
   * @throws WasiError ENOSPC if that is more than there is left
   */
  void take(long bytes) throws WasiError {
    if (bytes > left) {
      throw Errno.NOSPC.error();
    }
    left -= bytes;
  }

  /** The most of a number of bytes that can be taken. */
  long atMost(long bytes) {
    return Math.min(bytes, left);
  }
}
