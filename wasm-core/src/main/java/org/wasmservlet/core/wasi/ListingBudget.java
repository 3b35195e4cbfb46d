package org.wasmservlet.core.wasi;

import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** Bounds the host's memory for the listings of a run's open directories. */
final class ListingBudget {
  private int left;

  ListingBudget(int bytes) {
    left = bytes;
  }

  void take(int bytes) throws WasiError {
    if (bytes > left) {
      throw Errno.NOMEM.error();
    }
    left -= bytes;
  }

  void giveBack(int bytes) {
    left += bytes;
  }
}
